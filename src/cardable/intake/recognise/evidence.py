"""How the cells of a column speak for or against what its header says."""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from cardable.intake.recognise.dates import COMPACT, MONTH, SEPARATED, TEXT, TIME_ONLY
from cardable.intake.recognise.lexicon import table
from cardable.intake.recognise.profile import Profile

WRONG = -0.9
NOTHING_TO_SEE = -0.04


@lru_cache(maxsize=1)
def types() -> dict[str, str]:
    """For each use, which look its cells must have."""
    return {row["use"]: row["type"] for row in table("uses.csv")}


def is_date(seen: Profile) -> bool:
    """Whether the column surely holds dates."""
    return seen.native == "date" or (seen.dates.share >= 0.7 and seen.dates.shape in (SEPARATED, TEXT))


def is_number(seen: Profile) -> bool:
    """Whether the column holds numbers that are no dates."""
    return seen.numbers.share >= 0.75 and not is_date(seen)


def has_decimals(seen: Profile) -> bool:
    """Whether the numbers are amounts rather than codes or counts."""
    return (
        is_number(seen)
        and (seen.numbers.decimals >= 0.2 or seen.numbers.marked >= 0.5)
        and not is_whole(seen)
    )


def is_whole(seen: Profile) -> bool:
    """Whether the numbers are whole ones that went through a program which writes 1959112.0 for them."""
    whole = sum(v.endswith(".0") and v[:-2].isdecimal() and len(v) >= 5 for v in seen.values)
    return seen.count >= 3 and whole >= 0.9 * sum(v[-1:].isdigit() for v in seen.values) > 0


def _date(seen: Profile) -> float:
    if seen.native == "date":
        return 0.08
    share, shape = seen.dates.share, seen.dates.shape
    if share < 0.25:
        return -0.15 if _is_serial(seen) or is_day_month(seen) else WRONG
    if share < 0.7:
        return -0.25
    return {SEPARATED: 0.08, TEXT: 0.08, COMPACT: 0.0, TIME_ONLY: -0.3, MONTH: -0.12}.get(shape, -0.1)


def _is_serial(seen: Profile) -> bool:
    """Whether the cells may be days counted as a spreadsheet counts them."""
    whole = [v for v in seen.values if v.isdecimal() and 25_000 <= int(v) <= 60_000]
    return seen.count > 0 and len(whole) >= 0.9 * len(seen.values)


def is_day_month(seen: Profile) -> bool:
    """Whether the cells may be days and months without a year and without a mark between: 3101."""
    whole = [v.zfill(4) for v in seen.values if v.isdecimal() and 3 <= len(v) <= 4]
    right = sum("01" <= v[:2] <= "31" and "01" <= v[2:] <= "12" for v in whole)
    return seen.count > 0 and right >= 0.95 * len(seen.values)


def _number(seen: Profile) -> float:
    if is_date(seen) or seen.numbers.share < 0.3:
        return WRONG
    if seen.numbers.largest_digits > 14 or seen.numbers.leading_zeros > 0.3:
        return -0.6
    if seen.numbers.share < 0.75:
        return -0.2
    if _all_alike(seen):
        return -0.3
    return 0.1 if has_decimals(seen) else 0.03


def _all_alike(seen: Profile) -> bool:
    """Whether the numbers are whole and of one length, as codes are and amounts hardly ever."""
    lengths = {len(v) for v in seen.values}
    whole = seen.numbers.decimals == 0 and seen.numbers.marked == 0
    return whole and len(seen.values) >= 20 and len(lengths) == 1 and lengths.pop() >= 4


def is_names(seen: Profile) -> bool:
    """Whether the cells are names of several words rather than codes."""
    return seen["letters"] >= 0.7 and seen["spaced"] >= 0.6 and seen["code"] < 0.2


def _code(seen: Profile) -> float:
    if is_date(seen):
        return WRONG
    if is_names(seen):
        return -0.5
    if has_decimals(seen):
        return -0.6
    if is_answered(seen) or (seen.words > 3 and seen["code"] < 0.5):
        return -0.5 if seen.words > 3 else WRONG
    if seen["code"] >= 0.6 or seen["digits"] >= 0.6:
        return 0.06
    return -0.1 if seen["code"] < 0.2 else 0.0


def _one_each(seen: Profile) -> float:
    """Numbers of documents and payments differ from row to row; a handful of values is a list of choices."""
    if seen.count >= 30 and seen.distinct < 0.03 and not seen["masked"]:
        return _code(seen) - 0.6
    return _code(seen) - (0.4 if is_counting(seen) else 0.0)


def is_counting(seen: Profile) -> bool:
    """Whether the cells only count the rows: 1, 2, 3…"""
    first = seen.values[:20]
    if len(first) < 5 or not all(v.isdecimal() and len(v) <= 4 for v in first) or int(first[0]) > 1:
        return False
    steps = {int(b) - int(a) for a, b in pairwise(first)}
    return len(steps) == 1 and steps.pop() >= 1


def _supplier_code(seen: Profile) -> float:
    return WRONG if seen["iban"] >= 0.3 else -0.6 if is_counting(seen) else _code(seen)


def _description(seen: Profile) -> float:
    few = seen.count >= 15 and seen.distinct < 0.15 and seen["method"] >= 0.5
    return -0.3 if few else _text(seen)


def _name(seen: Profile) -> float:
    if is_date(seen) or is_number(seen) or seen["digits"] >= 0.6:
        return WRONG
    if is_answered(seen) or is_ledger(seen):
        return WRONG
    if seen["letters"] < 0.3:
        return -0.4
    if seen["code"] >= 0.7 and seen["spaced"] < 0.2:
        return -0.35
    return 0.1 if seen["legal"] >= 0.12 else 0.04 if seen["spaced"] >= 0.5 else 0.0


def _text(seen: Profile) -> float:
    if is_date(seen) or is_number(seen):
        return -0.6
    return 0.05 if seen["spaced"] >= 0.4 else 0.0


def _words(seen: Profile) -> float:
    if is_date(seen) or has_decimals(seen):
        return WRONG
    if seen.count > 20 and seen.distinct > 0.7:
        return -0.7 if seen["code"] >= 0.5 else -0.35
    return 0.0


def is_answered(seen: Profile) -> bool:
    """Whether the cells say only yes and no."""
    return seen["bool"] >= 0.8 and (seen.length > 1 or len({v.lower() for v in seen.values}) == 2)


def is_ledger(seen: Profile) -> bool:
    """Whether the cells are accounts of a ledger: a number, a dash, and the account's name."""
    return seen["ledger"] >= 0.6


def _listed(name: str) -> Callable[[Profile], float]:
    def fit(seen: Profile) -> float:
        base = _words(seen)
        if is_answered(seen) or seen["iban"] >= 0.5 or seen["long"] >= 0.6 or seen["numbered"] >= 0.6:
            return WRONG
        if base < 0:
            return base
        return 0.15 if seen[name] >= 0.4 else 0.05 if seen[name] > 0 else -0.03

    return fit


def _pattern(name: str, *, least: float = 0.5, digits_wrong: bool = False) -> Callable[[Profile], float]:
    def fit(seen: Profile) -> float:
        if seen[name] >= least:
            return 0.1
        if is_date(seen) or has_decimals(seen) or (digits_wrong and seen["digits"] > 0.6):
            return WRONG
        return -0.1 if seen[name] > 0.15 or seen["masked"] > 0.3 else -0.35

    return fit


def _tax_number(seen: Profile) -> float:
    if seen["numbered"] >= 0.6:
        return 0.1
    return WRONG if is_answered(seen) else _pattern("taxnumber", least=0.3)(seen)


def _country(seen: Profile) -> float:
    if is_date(seen) or is_number(seen):
        return WRONG
    return 0.1 if seen["country"] >= 0.4 else -0.05


def _region(seen: Profile) -> float:
    return -0.7 if seen["status"] >= 0.4 else _text(seen)


def _entity(seen: Profile) -> float:
    if seen["iban"] >= 0.5 or is_answered(seen):
        return WRONG
    if seen["url"] >= 0.5:
        return -0.2
    if seen.count >= 15 and seen.distinct > 0.8:
        return -0.6
    return min(_any(seen), 0.05 if seen["letters"] >= 0.6 and not is_number(seen) else -0.06)


def _any(seen: Profile) -> float:
    return -0.7 if is_date(seen) else -0.5 if has_decimals(seen) else 0.0


def _account(seen: Profile) -> float:
    return WRONG if seen["iban"] >= 0.5 or is_answered(seen) or seen["email"] > 0.5 else _any(seen)


def _bank(seen: Profile) -> float:
    return -0.5 if seen.count >= 10 and seen.distinct > 0.4 else _text(seen)


def _bank_account(seen: Profile) -> float:
    return 0.06 if seen["iban"] >= 0.5 else _code(seen)


_FITS: dict[str, Callable[[Profile], float]] = {
    "date": _date,
    "number": _number,
    "code": _code,
    "name": _name,
    "text": _text,
    "words": _words,
    "any": _any,
    "currency": _pattern("currency", digits_wrong=True),
    "country": _country,
    "postal": _pattern("postal"),
    "email": _pattern("email", digits_wrong=True),
    "phone": _pattern("phone", least=0.3),
    "taxnumber": _tax_number,
    "iban": _pattern("iban"),
    "bic": _pattern("bic"),
}
_FITS_OF_USE: dict[str, Callable[[Profile], float]] = {
    "payment_method": _listed("method"),
    "entity": _entity,
    "account": _account,
    "supplier_id": _supplier_code,
    "description": _description,
    "bank_name": _bank,
    "bank_account": _bank_account,
    "region": _region,
    "document_id": _one_each,
    "payment_reference": _one_each,
    "record_id": _one_each,
    "document_type": _listed("doctype"),
    "status": _listed("status"),
    "direction": _listed("direction"),
}


def fit(use: str, seen: Profile) -> float:
    """What the cells add to, or take from, the header's word for a use."""
    if seen.is_empty:
        return NOTHING_TO_SEE
    if use in _FITS_OF_USE:
        return _FITS_OF_USE[use](seen)
    return _FITS[types().get(use, "any")](seen) if use[0] != "-" else 0.0
