"""What a table is: suppliers, bills, payments, expenses, or something else."""

from collections.abc import Sequence
from functools import lru_cache

from cardable.intake.recognise.evidence import has_decimals, is_date, is_names, is_number
from cardable.intake.recognise.headers import Header
from cardable.intake.recognise.kind_scores import KindScores, hinted
from cardable.intake.recognise.lexicon import table
from cardable.intake.recognise.profile import Profile
from cardable.intake.recognise.statements import Statement
from cardable.language import noted

_SURE = 0.72
_DETAILS = frozenset(
    (
        "address_line1", "city", "postal_code", "email", "phone", "tax_number", "iban", "bic", "region",
        "bank_account", "bank_name", "contact_name", "payment_terms", "web_link", "registration_number",
        "country", "-group", "-fax", "-limit", "-person's name",
    )
)  # fmt: skip
"""What a list of suppliers tells of each."""


@lru_cache(maxsize=1)
def _deltas() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in table("kinds.csv"):
        found.setdefault(row["kind"], {})[row["use"]] = float(row["delta"])
    return found


def kind_deltas(kind: str) -> dict[str, float]:
    """What being of a kind adds to, or takes from, each use."""
    return _deltas().get(kind, {})


def score_kinds(
    headers: Sequence[Header],
    profiles: Sequence[Profile],
    hints: Sequence[tuple[str, float]],
    found: Statement,
    *,
    customers: bool = False,
) -> KindScores:
    """Points for each kind from the columns; `hints` are titles, sheet and file names with their weight."""
    scores = KindScores()
    headers, profiles = _filled(headers, profiles)
    best = _best_uses(headers, profiles)
    words = {concept for header in headers for concept in header.concepts}
    _score_bills(scores, best, headers)
    _score_payments(scores, best, headers, words)
    _score_expenses(scores, best, headers, words)
    _score_suppliers(scores, best, headers, profiles)
    _score_other(scores, best, headers, words, found)
    _score_without_words(scores, best, headers, profiles, words)
    if found.is_one:
        scores.add(
            "expenses", 2.0 + 0.6 * min(found.points, 5.0), noted("amounts and balances of an account")
        )
        scores.points["payments"] -= 1.0
    if customers:
        scores.points["bills"] = scores.points["payments"] = scores.points["suppliers"] = 0.0
        scores.add("other", 2.0, noted("customers instead of suppliers"))
    for text, weight in hints:
        for kind, points in hinted(text).items():
            scores.add(kind, points * weight, f"“{text.strip()}”")
    return scores


def _filled(
    headers: Sequence[Header], profiles: Sequence[Profile]
) -> tuple[Sequence[Header], Sequence[Profile]]:
    """The columns that hold something; all of them in a table without rows."""
    kept = [c for c, seen in enumerate(profiles) if not seen.is_empty] or range(len(profiles))
    return [headers[c] for c in kept], [profiles[c] for c in kept]


def _best_uses(headers: Sequence[Header], profiles: Sequence[Profile]) -> dict[str, Header]:
    """For each use the header that says so most, where it says so for sure."""
    found: dict[str, tuple[float, Header]] = {}
    for header, seen in zip(headers, profiles, strict=True):
        top = max(header.scores.values(), default=0.0)
        for use, score in header.scores.items():
            strong = score >= _SURE and score >= top - 0.12 and not _contradicted(use, seen)
            if strong and score > found.get(use, (0.0, header))[0]:
                found[use] = (score, header)
    return {use: header for use, (_, header) in found.items()}


def _contradicted(use: str, seen: Profile) -> bool:
    if seen.is_empty:
        return False
    if use.endswith("_date"):
        return seen.dates.share < 0.3
    if use == "document_id" and (is_names(seen) or seen.filled < 0.1):
        return True
    return use in ("amount", "net_amount", "tax_amount", "amount_due") and seen.numbers.share < 0.5


def _score_bills(scores: KindScores, best: dict[str, Header], headers: Sequence[Header]) -> None:
    if "due_date" in best:
        scores.add("bills", 2.2, noted("a due date"))
    if {"due_date", "issue_date"} <= best.keys():
        scores.add("bills", 0.8, noted("both dates of a bill"))
    if "amount_due" in best:
        scores.add("bills", 0.8, noted("an amount still to pay"))
    if sum("aging" in h.concepts for h in headers) >= 2:
        scores.add("bills", 1.5, noted("how long bills are overdue"))
    if "document_id" in best and "invoice" in best["document_id"].concepts:
        scores.add("bills", 1.7, noted("invoice numbers"))
    elif "document_id" in best and "document" in best["document_id"].concepts:
        scores.add("bills", 0.4, noted("document numbers"))
    if "issue_date" in best and "invoice" in best["issue_date"].concepts:
        scores.add("bills", 1.6, noted("invoice dates"))
    elif "issue_date" in best and best["issue_date"].concepts & {"document", "issue"}:
        scores.add("bills", 1.0, noted("document dates"))
    if {"net_amount", "tax_amount"} <= best.keys():
        scores.add("bills", 1.2 if "document_id" in best else 0.5, noted("net and tax"))
    if any("purchase" in h.concepts for h in headers):
        scores.add("bills", 0.5, noted("purchases"))
    if any("invoice" in h.concepts and "amount" in h.concepts for h in headers):
        scores.add("bills", 0.4, noted("invoice amounts"))
    if "tax_number" in best and "document_type" in best:
        scores.add("bills", 0.5, noted("document types"))


def _score_payments(
    scores: KindScores, best: dict[str, Header], headers: Sequence[Header], words: set[str]
) -> None:
    scores.add("payments", 0.7, "")
    if "warrant" in words:
        scores.add("payments", 2.4, noted("orders to pay"))
    if "supplier" in words and words & {"self", "dept"} and not words & {"merchant", "card", "due"}:
        scores.add("payments", 0.6, noted("spend of a body by supplier"))
    if "payment_date" in best:
        scores.add("payments", 2.0, noted("a payment date"))
    if "payment_reference" in best and best["payment_reference"].concepts & {"payment", "cheque", "clearing"}:
        scores.add("payments", 1.7, noted("payment numbers"))
    if any("cheque" in h.concepts for h in headers):
        scores.add("payments", 1.3, noted("cheques"))
    if "payment_method" in best:
        scores.add("payments", 0.6, noted("payment methods"))
    if "paid_amount" in best or any({"payment", "amount"} <= h.concepts for h in headers):
        scores.add("payments", 0.6, noted("amounts paid"))
    if best.keys() & {"iban", "bank_account"} and best.keys() & {"amount", "paid_amount"}:
        scores.add("payments", 0.8, noted("bank accounts and amounts"))


def _score_expenses(
    scores: KindScores, best: dict[str, Header], headers: Sequence[Header], words: set[str]
) -> None:
    if "merchant" in words:
        scores.add("expenses", 2.6, noted("merchants"))
    if "card" in words:
        scores.add("expenses", 1.2, noted("card numbers"))
    if "mcc" in words:
        scores.add("expenses", 0.3 if "supplier" in words else 1.2, noted("merchant categories"))
    if not words & {"supplier", "invoice", "due"} and "bank" in words | {*best} and "amount" in best:
        scores.add("expenses", 1.8, noted("bank transactions and no bills"))
    if "claim" in words:
        scores.add("expenses", 1.8, noted("reimbursements"))
    if "person" in words and "due_date" not in best:
        scores.add("expenses", 1.2, noted("employees"))
    if "direction" in words and "payment_method" in best and not words & {"debit", "credit", "ledger"}:
        scores.add("expenses", 2.6, noted("income and expense marks"))
    if "expense" in words:
        scores.add("expenses", 0.5, noted("expense types"))
    if any("expense" in h.concepts and h.concepts & {"id", "num", "date"} for h in headers):
        scores.add("expenses", 1.8, noted("expense numbers or dates"))
    if words & {"expense", "cost"} and not words & {"supplier", "merchant", "customer", "self", "dept"}:
        scores.add("expenses", 1.0, noted("costs without suppliers"))


def _score_suppliers(
    scores: KindScores, best: dict[str, Header], headers: Sequence[Header], profiles: Sequence[Profile]
) -> None:
    named = best.keys() & {"supplier_name", "supplier_id"} or _names_alone(headers)
    if not named and not _unique_names(headers, profiles):
        return
    held = best.keys() & _DETAILS
    scores.add("suppliers", min(4.0, 0.75 * len(held)), noted("addresses and contact details"))
    moves = sum(
        is_date(seen) or has_decimals(seen)
        for header, seen in zip(headers, profiles, strict=True)
        if not header.concepts
        & {"created", "balance", "start", "end", "limit", "approval", "many", "discount"}
    )
    traded = best.keys() & {"issue_date", "due_date", "payment_date", "amount", "net_amount"}
    if "document_id" in best and best["document_id"].concepts & {"invoice", "voucher", "ref"}:
        traded.add("document_id")
    scores.points["suppliers"] -= min(4.0, 1.0 * moves + 1.1 * len(traded))
    if not moves and not traded:
        scores.add("suppliers", 1.4, noted("names without amounts or dates"))


def _names_alone(headers: Sequence[Header]) -> bool:
    return any(
        "name" in h.concepts and not h.concepts & {"first", "last", "bank", "user", "file"} for h in headers
    )


def _unique_names(headers: Sequence[Header], profiles: Sequence[Profile]) -> bool:
    """Whether a column of companies holds another one in each row."""
    return any(
        h.concepts & {"self", "trade"} and seen.count >= 8 and seen.distinct > 0.8 and not is_number(seen)
        for h, seen in zip(headers, profiles, strict=True)
    )


def _score_other(
    scores: KindScores,
    best: dict[str, Header],
    headers: Sequence[Header],
    words: set[str],
    found: Statement,
) -> None:
    single = [header.concepts for header in headers]
    if any("debit" in c for c in single) and any("credit" in c for c in single) and not found.is_one:
        scores.add("other", 2.6, noted("debit and credit columns"))
    if "budget" in words and words & {"actual", "expected"} and "supplier" not in words:
        scores.add("other", 2.6, noted("budgets"))
    if "asset" in words and "supplier" not in words:
        scores.add("other", 2.6, noted("assets"))
    if sum("order" in h.concepts for h in headers) >= 2 and not words & {"invoice", "payment", "cheque"}:
        scores.add("other", 2.4, noted("orders instead of bills"))
    if sum(h.text.isdigit() and len(h.text) == 4 for h in headers) >= 2:
        scores.add("other", 2.6, noted("a column for each year"))
    if "contra" in words:
        scores.add("other", 2.2, noted("accounts on both sides"))
    if "direction" in words and words & {"account", "ledger"}:
        scores.add("other", 1.2, noted("debit and credit marks"))
    if "journal" in words:
        scores.add("other", 1.2, noted("journal entries"))
    if "balance sheet" in words:
        scores.add("other", 1.0, noted("account balances"))
    if not best.keys() & {"supplier_name", "supplier_id"} and not words & {"supplier", "merchant"}:
        if (
            best.keys() & {"account"}
            and not _names_alone(headers)
            and not words & {"expense", "cost", "self", "dept"}
        ):
            scores.add("other", 0.9, noted("accounts without suppliers"))
        amounts = {"amount", "net_amount", "paid_amount", "tax_number", "document_id"}
        if not best.keys() & amounts and any(header.text for header in headers):
            scores.add("other", 1.6, noted("neither suppliers nor amounts"))
    if not any(header.scores for header in headers):
        scores.add("other", 0.8, noted("no known headers"))


def _score_without_words(
    scores: KindScores,
    best: dict[str, Header],
    headers: Sequence[Header],
    profiles: Sequence[Profile],
    words: set[str],
) -> None:
    """What the number of dates and amounts says where no header does."""
    dates = sum(is_date(seen) for seen in profiles)
    if not any(header.text for header in headers):
        scores.add("payments", 1.6, noted("dates and amounts"))
        scores.add("bills", 2.4 * (dates > 1), noted("two dates and amounts"))
    elif not dates and sum(map(has_decimals, profiles)) >= 2 and "supplier_name" not in best:
        other = 1.6 * (not words & {"supplier", "merchant", "invoice", "taxid", "expense"})
        scores.add("other", other, noted("amounts without suppliers or dates"))
