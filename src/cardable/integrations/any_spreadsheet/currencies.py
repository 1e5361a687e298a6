"""Which currency a row is in, where its own currency cell does not say."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections import Counter
from collections.abc import Sequence

from cardable.integrations.any_spreadsheet import words
from cardable.integrations.any_spreadsheet.companies import Companies
from cardable.integrations.any_spreadsheet.delivery import Notice
from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store, literal
from cardable.integrations.any_spreadsheet.wanted import TRANSACTIONS
from cardable.language import said

Counts = Counter[str | None]


def fill_currencies(
    store: Store, staged: Sequence[Staged], companies: Companies, base_currency: str | None
) -> tuple[dict[int, str], list[Notice]]:
    """The expression of the currency for each table's rows without one; signs beside amounts are filled in.

    In order: the sign or code beside the amount, the heading, the base currency given, the currency most
    rows of the table name, the company's own, the currency most records are in, US dollars.
    """
    transactions = [each for each in staged if each.kind in TRANSACTIONS]
    known = {company.base_currency for company in companies.listed if company.base_currency}
    usual = base_currency or (known.pop() if len(known) == 1 else None)
    for each in transactions:
        if each.has_marks or each.has_shared_signs:
            _fill_signs(store, each, usual)
    counted = _count(store, transactions)
    common = most_common(sum(counted.values(), Counts()))
    fallback: dict[int, str] = {}
    notices: list[Notice] = []
    for each in transactions:
        counts = counted.get(each.number, Counts())
        table_own = each.header_currency or base_currency or most_common(counts)
        if table_own:
            fallback[each.number] = literal(table_own)
            continue
        fallback[each.number] = _company_currency(companies, common or "USD", each)
        if counts and not any(company.base_currency for company in companies.listed):
            notices.append(_assumed(each, counts.total(), common))
    return fallback, notices


def most_common(counts: Counts) -> str | None:
    """The currency most rows name; ties go to the first in the alphabet."""
    named = [(-number, code) for code, number in counts.items() if code]
    return min(named)[1] if named else None


def _count(store: Store, tables: Sequence[Staged]) -> dict[int, Counts]:
    """How many accepted rows of each table are in each currency; None where they name none."""
    parts = [
        f"select {each.number}, currency, count(*) from {each.stage} "
        "where not rejected and not ignored group by currency"
        for each in tables
    ]
    counted: dict[int, Counts] = {}
    for number, code, rows in store.rows(" union all ".join(parts)) if parts else ():
        counted.setdefault(number, Counts())[code] += rows
    return counted


def _fill_signs(store: Store, each: Staged, usual: str | None) -> None:
    """Put the currency that a sign means into the rows of a table."""
    columns = ["currency", "mark"] if each.has_marks else ["currency"]
    signs: set[str] = set()
    for name in columns:
        found = store.rows(f"select distinct {name} from {each.stage} where {name} is not null limit 20001")
        signs |= {sign for (sign,) in found if name == "mark" or words.is_shared_sign(sign)}
    codes = {sign: words.currency(sign, usual) for sign in signs}
    if not codes:
        return
    store.table(
        "signs",
        "select unnest(?::varchar[]) as raw, unnest(?::varchar[]) as code",
        [list(codes), list(codes.values())],
    )
    store.run(f"update {each.stage} set currency = signs.code from signs where currency = signs.raw")
    if each.has_marks:
        store.run(
            f"update {each.stage} set currency = signs.code from signs "
            "where currency is null and mark = signs.raw"
        )


def _company_currency(companies: Companies, otherwise: str, each: Staged) -> str:
    """The base currency of each row's company."""
    named = {number: each.base_currency for number, each in enumerate(companies.listed) if each.base_currency}
    if "company" not in each.names or not named:
        return literal(named.get(companies.default, otherwise))
    cases = " ".join(f"when {number} then {literal(code)}" for number, code in named.items())
    return f"case coalesce(n.number, {companies.default}) {cases} else {literal(otherwise)} end"


def _assumed(each: Staged, rows: int, common: str | None) -> Notice:
    if common:
        message = said(
            "The amounts name no currency. {code} was assumed, as most of the other records are in it; "
            "give the currency if it is another.",
            code=common,
        )
    else:
        message = said(
            "The amounts name no currency. {code} was assumed, as nothing names another; "
            "give the currency if it is another.",
            code="USD",
        )
    sheet = each.table.grid.sheet
    return Notice(code="CURRENCY_ASSUMED", message=message, file=each.reading.file, sheet=sheet, rows=rows)
