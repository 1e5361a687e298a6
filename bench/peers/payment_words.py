"""The rules for payment methods, as a pandas program would hold them: one pass over distinct texts."""

import re
import unicodedata

CREDIT, DEBIT, TRANSFER, CHECK, CASH, OTHER, UNKNOWN = (
    "Credit Card", "Debit Card", "Bank Transfer", "Check", "Cash", "Other", "Unknown",
)  # fmt: skip
METHODS = (CREDIT, DEBIT, TRANSFER, CHECK, CASH, OTHER, UNKNOWN)

CATEGORIES = {
    CREDIT: "Card", DEBIT: "Card", TRANSFER: "Non-Card", CASH: "Non-Card", CHECK: "Non-Card",
    UNKNOWN: "Unknown (category)", OTHER: "Unknown (category)",
}  # fmt: skip

_ANYWHERE = {
    CREDIT: """credit card,credit cards,creditcard,visa,mastercard,master card,amex,american express,
        discover card,diners club,unionpay,corporate card,company card,commercial card,purchasing card,
        procurement card,p card,pcard,virtual card,vcard,single use card,carte de credit""",
    DEBIT: """debit card,debit cards,debitcard,visa debit,mastercard debit,debit mastercard,maestro,interac,
        carte de debit""",
    TRANSFER: """bank transfer,banktransfer,wire transfer,wire,ach,eft,electronic funds transfer,
        electronic payment,bacs,chaps,sepa,faster payment,faster payments,direct debit,direct credit,
        direct deposit,standing order,e transfer,interac e transfer,echeck,e check,rtp,fednow,zelle,bpay,giro,
        virement,virement bancaire,virement interac,depot direct,prelevement""",
    CHECK: "check,checks,cheque,cheques,chk,chq",
    CASH: "petty cash,cash on hand,cash in hand,cash drawer,petite caisse,especes",
    OTHER: "paypal,venmo,money order,barter,netting",
}
_MORE = {
    "field": {CREDIT: "cc", CASH: "cash,comptant"},
    "account": {},
    "text": {CASH: "paid cash,cash payment,in cash,by cash,argent comptant"},
}
_BLANK = {"", "unknown", "undetermined", "none", "n a", "na", "not specified"}


def normalised(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()


def is_blank(text: str) -> bool:
    return normalised(text) in _BLANK


class Scan:
    """Finds the method that a text names: the longest phrase wins, then the earliest."""

    def __init__(self, source: str) -> None:
        phrases = [
            (phrase.strip(), method)
            for words in (_ANYWHERE, _MORE[source])
            for method, listed in words.items()
            for phrase in listed.split(",")
        ]
        self._methods = dict(phrases)
        longest_first = sorted(self._methods, key=len, reverse=True)
        self._phrase = re.compile(r"(?<!\S)(?=(" + "|".join(map(re.escape, longest_first)) + r")(?!\S))")

    def __call__(self, text: str) -> tuple[str, str] | None:
        found = [match[1] for match in self._phrase.finditer(normalised(text))]
        best = max(found, key=len, default=None)
        return (self._methods[best], best) if best else None
