"""What columns say of each other: sums that add up, dates that follow, codes beside their texts."""

import re
from collections.abc import Sequence
from itertools import permutations

from cardable.intake.recognise.dates import parsed
from cardable.intake.recognise.evidence import is_date, is_names, is_number
from cardable.intake.recognise.headers import Header
from cardable.intake.recognise.parties import BUYER, promote_parties
from cardable.intake.recognise.profile import Profile
from cardable.intake.recognise.statements import number

Scores = list[dict[str, float]]
Rows = Sequence[Sequence[str | None]]
_TOLERANCE = 0.021


def adjust_for_sums(
    scores: Scores, profiles: Sequence[Profile], rows: Rows, decimals: Sequence[str | None]
) -> None:
    """Where two amounts add up to a third in nearly every row, they are net, tax and gross."""
    candidates = [c for c, seen in enumerate(profiles) if is_number(seen) and _amount_like(scores[c])][:8]
    if len(candidates) < 3:
        return
    values = {c: [number(row[c], decimals[c]) for row in rows[:120]] for c in candidates}
    sums = [
        (net, tax, gross)
        for net, tax, gross in permutations(candidates, 3)
        if _adds_up(values[net], values[tax], values[gross])
    ]
    if sums:
        _settle_amounts(scores, max(sums, key=lambda found: _agreement(scores, found)), sums)


_ROLES = ("net_amount", "tax_amount", "amount")


def _agreement(scores: Scores, columns: tuple[int, int, int]) -> float:
    """How far the headers of three columns say the roles their sum gives them."""
    return sum(scores[column].get(use, 0.0) for column, use in zip(columns, _ROLES, strict=True))


def _settle_amounts(scores: Scores, best: tuple[int, int, int], sums: Sequence[tuple[int, int, int]]) -> None:
    """Give each of three amounts its role; where sums follow each other, the first and the last count."""
    first, tax, last = best
    first = next((net for net, _, gross in sums if gross == first and net != tax), first)
    last = next((gross for net, _, gross in sums if net == last and gross != tax), last)
    for column, use in zip((first, tax, last), _ROLES, strict=True):
        scores[column][use] = scores[column].get(use, 0.3) + 0.35
        for other in {*_ROLES} - {use}:
            scores[column][other] = scores[column].get(other, 0.0) - 0.35


def _amount_like(scores: dict[str, float]) -> bool:
    return max(scores.get(use, 0.0) for use in ("amount", "net_amount", "tax_amount", "-local amount")) > 0.25


def _adds_up(net: Sequence[float | None], tax: Sequence[float | None], gross: Sequence[float | None]) -> bool:
    rows = [
        (n, t, g) for n, t, g in zip(net, tax, gross, strict=True) if n is not None and t is not None and g
    ]
    if len({gross for _, _, gross in rows}) < 2:
        return False
    right = sum(abs(n + t - g) <= _TOLERANCE for n, t, g in rows)
    taxed = sum(t * n > 0 and abs(t) < 0.6 * abs(n) for n, t, _ in rows)
    return right >= 0.9 * len(rows) and taxed >= 0.25 * len(rows)


def adjust_for_date_order(scores: Scores, profiles: Sequence[Profile], rows: Rows) -> None:
    """Of two dates of which neither name decides, the later one may be when payment is due."""
    dates = [c for c, seen in enumerate(profiles) if is_date(seen) and seen.dates.order]
    for early in dates:
        for late in dates:
            if (
                early != late
                and scores[late].get("due_date", 0) > 0.1
                and _after(profiles, rows, early, late)
            ):
                scores[late]["due_date"] += 0.1


def _after(profiles: Sequence[Profile], rows: Rows, early: int, late: int) -> bool:
    gap = days_between(profiles, rows, early, late)
    return gap is not None and gap >= 5


def days_between(profiles: Sequence[Profile], rows: Rows, early: int, late: int) -> float | None:
    """By how many days one date follows another on average, over rows that have both."""
    first, second = profiles[early].dates.order or "YMD", profiles[late].dates.order or "YMD"
    gaps = []
    for row in rows[:120]:
        a, b = row[early], row[late]
        start, end = (parsed(a, first) if a else None), (parsed(b, second) if b else None)
        if start and end:
            gaps.append((end - start).days)
    return sum(gaps) / len(gaps) if gaps else None


def adjust_for_neighbours(scores: Scores, headers: Sequence[Header], profiles: Sequence[Profile]) -> None:
    """What some columns are makes others likelier: customers beside suppliers are the paying bodies…"""
    words = {concept for header in headers for concept in header.concepts}
    suppliers = bool(words & {"supplier", "merchant"})
    selves = any(column.get("entity", 0.0) >= 0.8 for column in scores)
    lone_date = sum(is_date(seen) for seen in profiles) == 1
    for header, seen, column in zip(headers, profiles, scores, strict=True):
        if suppliers and "customer" in header.concepts and header.concepts <= BUYER and "entity" in column:
            likely = seen.filled >= 0.9 and not selves
            column["entity"] += 0.4 if likely else -0.2
            column["-customer"] = 0.4 if likely else 0.6
        if lone_date and is_date(seen):
            _settle_lone_date(column)
        if "cheque" in words and "invoice" not in words and {"issue", "date"} <= header.concepts:
            column["payment_date"] = column.get("payment_date", 0.0) + 0.9
        if {"debit", "credit"} <= words and header.concepts == {"balance"}:
            column["amount_due"] = column.get("amount_due", 0.0) - 0.7
        if {"clearing", "document"} <= words and header.concepts == {"ref"}:
            column["document_id"] = column.get("document_id", 0.0) + 0.35
    if not suppliers and "customer" not in words:
        _promote_contacts(scores)
        promote_parties(scores, headers, profiles)


def _promote_contacts(scores: Scores) -> None:
    """Where nothing else names the other party, the contact is the supplier."""
    others = [column for column in scores if "contact_name" not in column]
    if any(column.get("supplier_name", 0.0) >= 0.4 for column in others):
        return
    for column in scores:
        if "contact_name" in column:
            column["supplier_name"] = column.get("supplier_name", 0.0) + 0.35
            column["contact_name"] -= 0.3


def _settle_lone_date(column: dict[str, float]) -> None:
    """The only date of a table is its date, whatever else its header says."""
    for use in (
        "-period",
        "-posting date",
        "-received date",
        "-delivery",
        "-validity",
        "-contract",
        "-approval",
        "-order",
    ):
        said = column.pop(use, 0.0)
        if said:
            for date_use in ("issue_date", "payment_date"):
                column[date_use] = max(column.get(date_use, 0.0), 0.55)


def adjust_for_supplier_numbers(
    scores: Scores, headers: Sequence[Header], profiles: Sequence[Profile], rows: Rows
) -> None:
    """A code that goes with the name in every row numbers suppliers; one that differs, documents."""
    names = [c for c, column in enumerate(scores) if column.get("supplier_name", 0.0) >= 0.55]
    best = max(names, key=lambda c: scores[c]["supplier_name"], default=None)
    aged = any("aging" in header.concepts for header in headers)
    accounts = sum("account" in header.concepts and "ledger" not in header.concepts for header in headers)
    for c, (header, seen, column) in enumerate(zip(headers, profiles, scores, strict=True)):
        if "supplier" in header.concepts and is_names(seen) and "supplier_id" in column:
            column["supplier_name"] = max(column.get("supplier_name", 0.0), 0.75)
        if best is not None and "tax_number" in column and _goes_with(rows, best, c, least=5) is False:
            column["tax_number"] -= 0.3
        if best is None or c == best or seen.filled < 0.5 or seen["code"] < 0.6:
            continue
        someones = header.concepts in _NUMBERS_OF_SOMEONE and accounts <= 1
        if someones and aged:
            column["supplier_id"] = max(column.get("supplier_id", 0.0), 0.95)
        if {"supplier_id", "document_id"} <= column.keys() or someones:
            _weigh_company(column, header, goes=_goes_with(rows, best, c, least=3 if someones else 2))


_NUMBERS_OF_SOMEONE = tuple(frozenset(words) for words in (("account",), ("account", "num"), ("self",)))


def _weigh_company(column: dict[str, float], header: Header, *, goes: bool | None) -> None:
    if goes is None:
        return
    if goes and header.concepts in _NUMBERS_OF_SOMEONE:
        column["supplier_id"] = max(column.get("supplier_id", 0.0), 0.95)
    elif goes:
        column["supplier_id"] += 0.2
        column["document_id"] -= 0.25
    elif "supplier_id" in column:
        column["supplier_id"] -= 0.25


def _goes_with(rows: Rows, names: int, codes: int, *, least: int) -> bool | None:
    """Whether each name has one code and each code one name; None where too few names repeat to tell."""
    pairs = [(row[names], row[codes]) for row in rows[:300] if row[names] and row[codes]]
    distinct = set(pairs)
    by_name, by_code = len({name for name, _ in distinct}), len({code for _, code in distinct})
    if len(pairs) - by_name < max(1, 0.1 * len(pairs)) or by_name < least:
        return None
    return len(distinct) <= 1.1 * by_name and len(distinct) <= 1.1 * by_code


def adjust_for_bank_blocks(scores: Scores, headers: Sequence[Header]) -> None:
    """Columns numbered alike tell of one thing: beside “IBAN 1”, “Country 1” is the bank's country."""
    numbers = [re.findall(r"\d+", header.text) for header in headers]
    banks = {
        found[0]
        for found, header in zip(numbers, headers, strict=True)
        if len(found) == 1 and header.concepts & _BANK
    }
    for found, header, column in zip(numbers, headers, scores, strict=True):
        if len(found) == 1 and found[0] in banks and not header.concepts & _BANK:
            for use in [use for use in column if use[0] != "-"]:
                column[use] -= 0.5


_BANK = frozenset(("bank", "iban", "bic", "sort"))


def adjust_for_document_numbers(
    scores: Scores, headers: Sequence[Header], profiles: Sequence[Profile]
) -> None:
    """Of several numbers of documents the one whose name says so most is the document's, no payment's.

    Where no name says so, a code that is another one in each row is, if it does not merely count.
    """
    if all(max(s.get(use, 0.0) for use in ("document_id", "payment_reference")) < 0.6 for s in scores):
        for header, seen, column in zip(headers, profiles, scores, strict=True):
            lettered = sum(not v.isdecimal() for v in seen.values) > 0.8 * len(seen.values) > 0
            if header.concepts <= {"id"} and lettered and seen["code"] > 0.8 and seen.distinct > 0.95:
                good = seen.filled > 0.9 and not is_date(seen) and not is_number(seen)
                column["document_id"] = column.get("document_id", 0.15) + 0.4 * good
                column["record_id"] = column.get("record_id", 0.0) - 0.2 * good
        return
    able = sorted(
        (c for c, s in enumerate(scores) if s.get("document_id", 0.0) >= 0.7), key=lambda c: -_of(scores, c)
    )
    if len(able) >= 2 and _of(scores, able[0]) >= _of(scores, able[1]) + 0.08:
        column = scores[able[0]]
        if column.get("payment_reference", 0.0) < 0.7:
            column["payment_reference"] = column.get("payment_reference", 0.0) - 0.4


def _of(scores: Scores, column: int) -> float:
    return scores[column]["document_id"]


def adjust_for_keys(scores: Scores, profiles: Sequence[Profile], kind: str) -> None:
    """The first column of a list of suppliers numbers them where it holds another short code in each row."""
    if kind != "suppliers" or any(column.get("supplier_id", 0.0) >= 0.6 for column in scores):
        return
    seen, column = profiles[0], scores[0]
    if "supplier_id" in column and seen["code"] >= 0.8 and seen.distinct > 0.95 and seen.length <= 10:
        column["supplier_id"] += 0.4
        for use in ("bank_account", "account", "document_id"):
            column[use] = column.get(use, 0.0) - 0.3
