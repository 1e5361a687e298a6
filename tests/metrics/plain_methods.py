"""How a transaction was paid, told straight from the rules, one text at a time."""

import re
import unicodedata
from collections.abc import Mapping

TABLE = {
    "Credit Card": """credit card(s), creditcard, visa, mastercard, master card, amex, american express,
        discover card, diners club, unionpay, corporate card, company card, commercial card, purchasing card,
        procurement card, p card, pcard, virtual card, vcard, single use card, carte de credit,
        carte corporative, carte d entreprise, carte d affaires, carte d achat""",
    "Debit Card": """debit card(s), debitcard, visa debit, mastercard debit, debit mastercard, maestro,
        interac, carte de debit""",
    "Bank Transfer": """bank transfer, banktransfer, wire transfer, wire, ach, eft, electronic funds
        transfer, electronic payment, bacs, chaps, sepa, faster payment(s), direct debit, direct credit,
        direct deposit, standing order, e transfer, interac e transfer, echeck, e check, rtp, fednow, zelle,
        bpay, giro, virement, virement bancaire, virement interac, depot direct, prelevement,
        transfert electronique, transfert electronique de fonds, debit preautorise, pre authorized debit,
        preauthorized debit""",
    "Check": "check(s), cheque(s), chk, chq",
    "Cash": "petty cash, cash on hand, cash in hand, cash drawer, petite caisse, especes",
    "Other": "paypal, venmo, money order, barter, netting",
}
EXTRA = {
    "field": {"Credit Card": "cc", "Bank Transfer": "tef", "Cash": "cash, comptant"},
    "account": {},
    "text": {"Cash": "paid cash, cash payment, in cash, by cash, argent comptant"},
}
BLANK = {"", "unknown", "undetermined", "none", "n a", "na", "not specified"}
TYPED = {
    "Cash": "Cash",
    "Check": "Check",
    "CreditCard": "Credit Card",
    "DebitCard": "Debit Card",
    "BankTransfer": "Bank Transfer",
    "Other": "Other",
}
Overrides = Mapping[tuple[str, str], str]
"""Source and normalised value to method."""


def plain_text(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(each for each in decomposed if unicodedata.category(each) not in ("Mn", "Mc", "Me"))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


def scan(kind: str, text: str | None, overrides: Overrides) -> str | None:
    """The method a text tells, or none."""
    if text is None:
        return None
    plain = plain_text(text)
    if (kind, plain) in overrides:
        return overrides[kind, plain]
    padded = f" {plain} "
    hits = [
        (-len(phrase), padded.find(f" {phrase} "), method)
        for method, phrase in phrases(kind)
        if f" {phrase} " in padded
    ]
    return min(hits)[2] if hits else None


def phrases(kind: str) -> list[tuple[str, str]]:
    found = []
    for method, words in TABLE.items():
        extra = EXTRA[kind].get(method, "")
        for word in filter(None, (" ".join(each.split()) for each in f"{words}, {extra}".split(","))):
            found.append((method, word.replace("(s)", "")))
            if "(s)" in word:
                found.append((method, word.replace("(s)", "s")))
    return found


def methods_of(
    typed: str | None,
    field: str | None,
    account: str | None,
    note: str | None,
    reference: str | None,
    overrides: Overrides,
) -> tuple[str | None, str, int]:
    """The recorded method, the inferred one, and the rule that decided."""
    if typed in TYPED:
        return TYPED[typed], TYPED[typed], 1
    told = scan("field", field, overrides)
    unmapped = field is not None and told is None and plain_text(field) not in BLANK
    recorded = told or ("Other" if unmapped else None)
    if recorded == "Unknown":
        recorded = None
    if told:
        return recorded, told, 1
    if by_account := scan("account", account, overrides):
        return recorded, by_account, 2
    if by_text := scan("text", note, overrides) or scan("text", reference, overrides):
        return recorded, by_text, 3
    return recorded, "Other" if unmapped else "Unknown", 1 if unmapped else 4
