"""Whose side a column is on: the supplier's, a customer's, or the side of whoever keeps the books."""

from collections.abc import Sequence

from cardable.intake.recognise.evidence import is_date, is_number
from cardable.intake.recognise.headers import Header
from cardable.intake.recognise.profile import Profile
from cardable.intake.recognise.statements import Statement

Scores = list[dict[str, float]]

BUYER = frozenset(
    ["customer", "name", "id", "num", "code", "self", "first", "last", "email", "dept", "trade"]
)
_SELLER = frozenset(["supplier", "merchant", "name", "id", "num", "code", "taxid", "self"])
_IDENTIFIERS = frozenset(("tax_number", "iban", "bic", "bank_account", "supplier_id", "registration_number"))
_OF_A_PARTY = _IDENTIFIERS | {"supplier_name", "email", "phone", "city", "postal_code", "address_line1"}


def is_customer_table(headers: Sequence[Header], profiles: Sequence[Profile]) -> bool:
    """Whether the other party is a buyer: a customer column and no supplier's, or one supplier throughout."""
    if any(seen["sale"] >= 0.8 and seen.count >= 3 for seen in profiles):
        return True
    suppliers = [
        seen
        for header, seen in zip(headers, profiles, strict=True)
        if header.concepts & {"supplier", "merchant"} and header.concepts <= _SELLER
    ]
    if any(header.concepts & {"supplier", "merchant"} for header in headers):
        return bool(suppliers) and _sells(headers, profiles, suppliers)
    return any(
        "customer" in header.concepts and header.concepts <= BUYER and (seen.is_empty or seen.filled >= 0.3)
        for header, seen in zip(headers, profiles, strict=True)
    )


def _sells(headers: Sequence[Header], profiles: Sequence[Profile], suppliers: Sequence[Profile]) -> bool:
    """Whether one party issues everything and many others receive it."""
    one = all(seen.is_constant and seen.filled > 0.9 and seen.count >= 8 for seen in suppliers)
    return one and any(
        len(set(seen.values)) >= 3 and header.concepts & {"customer", "name", "taxid"}
        for header, seen in zip(headers, profiles, strict=True)
        if not header.concepts & {"supplier", "merchant", "item", "desc", "category"}
    )


def keep_to_the_other_side(
    scores: Scores, headers: Sequence[Header], profiles: Sequence[Profile], found: Statement, kind: str
) -> None:
    """One's own numbers are no supplier's; of two that might be, the one that says whose it is wins."""
    many = any(
        column.get("supplier_name", 0.0) >= 0.5 and len(set(seen.values)) >= 3
        for column, seen in zip(scores, profiles, strict=True)
    )
    own = found.own if kind != "suppliers" else frozenset[int]()
    for c, (column, seen) in enumerate(zip(scores, profiles, strict=True)):
        if c in own or (many and seen.is_constant and seen.count >= 8):
            for use in _IDENTIFIERS & column.keys():
                column[use] -= 0.9
        if c in own or (found.is_one and "account" in headers[c].concepts <= _OWN_ACCOUNT):
            column["account"] = column.get("account", 0.0) - 0.9
        elif found.is_one and headers[c].concepts == {"account"} and seen["digits"] + seen["iban"] >= 0.5:
            column["bank_account"] = column.get("bank_account", 0.0) + 0.5
        if c in own:
            column["payment_reference"] = column.get("payment_reference", 0.0) - 0.9
    for use in _OF_A_PARTY:
        _prefer_named(scores, headers, use)
    _read_as_statement(scores, headers, found)


_OWN_ACCOUNT = frozenset(("account", "num", "name", "bank", "id", "type"))


def _prefer_named(scores: Scores, headers: Sequence[Header], use: str) -> None:
    """Where one column of a use speaks of suppliers and others do not, it is the one."""
    able = [c for c, column in enumerate(scores) if column.get(use, 0.0) >= 0.55]
    named = [c for c in able if headers[c].concepts & {"supplier", "merchant"}]
    if named and len(named) < len(able):
        for c in set(able) - set(named):
            scores[c][use] -= 0.45 if headers[c].concepts & {"self", "customer"} else 0.2


_DATED = frozenset(("date", "trans"))


def _read_as_statement(scores: Scores, headers: Sequence[Header], found: Statement) -> None:
    """A statement's dates are those of payment, and its balance is not what is owed to anyone."""
    for c, (header, column) in enumerate(zip(headers, scores, strict=True)):
        if found.is_one and header.concepts <= _DATED and column.get("payment_date", 0.0) > 0.4:
            column["payment_date"] += 0.1
        if c == found.balance or (found.is_one and "balance" in header.concepts):
            for use in ("amount_due", "amount", "net_amount"):
                column[use] = column.get(use, 0.0) - 1.2
        elif found.is_one and "debit" in header.concepts and column.get("amount", 0.0) > 0.2:
            column["amount"] += 0.35


def promote_parties(scores: Scores, headers: Sequence[Header], profiles: Sequence[Profile]) -> None:
    """Where nothing else names the other party, a column of many names does, whatever it is called."""
    if any(column.get("supplier_name", 0.0) >= 0.58 for column in scores):
        return
    for header, seen, column in zip(headers, profiles, scores, strict=True):
        many = not seen.is_constant and seen.distinct > 0.05 and seen.words <= 5
        companies = seen["legal"] >= 0.5 and bool(header.concepts & {"self", "desc"})
        unique = seen.count >= 8 and seen.distinct > 0.8 and bool(header.concepts & {"self", "trade"})
        names = seen["letters"] >= 0.7 and not is_date(seen) and not is_number(seen)
        if many and names and (companies or unique):
            column["supplier_name"] = 0.85
            column["entity"] = column.get("entity", 0.0) - 0.4
