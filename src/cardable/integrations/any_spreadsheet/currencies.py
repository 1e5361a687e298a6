"""Which currency a row is in, where its own currency cell does not say."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Sequence

from cardable.integrations.any_spreadsheet import words
from cardable.integrations.any_spreadsheet.companies import Companies
from cardable.integrations.any_spreadsheet.delivery import Notice
from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store, literal
from cardable.integrations.any_spreadsheet.wanted import TRANSACTIONS


def fill_currencies(
    store: Store, staged: Sequence[Staged], companies: Companies, base_currency: str | None
) -> tuple[dict[int, str], list[Notice]]:
    """The expression of the currency for each table's rows without one; signs beside amounts are filled in.

    In order: the sign or code beside the amount, the heading, the base currency given, the sign most
    amounts of the table have, the company's base currency, the currency most records are in, US dollars.
    """
    transactions = [each for each in staged if each.kind in TRANSACTIONS]
    known = {company.base_currency for company in companies.listed if company.base_currency}
    usual = base_currency or (known.pop() if len(known) == 1 else None)
    for each in transactions:
        _fill_signs(store, each, usual)
    common = _most_common(store, transactions)
    fallback: dict[int, str] = {}
    notices: list[Notice] = []
    for each in transactions:
        table_own = each.header_currency or base_currency or _most_common(store, [each])
        if table_own:
            fallback[each.number] = literal(table_own)
            continue
        fallback[each.number] = _company_currency(companies, common or "USD", each)
        notices += _assumed(store, each, companies, common)
    return fallback, notices


def _fill_signs(store: Store, each: Staged, usual: str | None) -> None:
    """Put the currency that a sign means into the rows of a table."""
    columns = ["currency", "mark"] if "mark" in _columns(store, each) else ["currency"]
    signs: set[str] = set()
    for name in columns:
        found = store.rows(f"select distinct {name} from {each.stage} where {name} is not null limit 20001")
        signs |= {sign for (sign,) in found if name == "mark" or sign in words.SHARED_SIGNS}
    codes = {sign: words.currency(sign, usual) for sign in signs}
    if not codes:
        return
    store.table(
        "signs",
        "select unnest(?::varchar[]) as raw, unnest(?::varchar[]) as code",
        [list(codes), list(codes.values())],
    )
    store.run(f"update {each.stage} set currency = signs.code from signs where currency = signs.raw")
    if "mark" in columns:
        store.run(
            f"update {each.stage} set currency = signs.code from signs "
            "where currency is null and mark = signs.raw"
        )


def _columns(store: Store, each: Staged) -> set[str]:
    found = store.rows("select column_name from duckdb_columns() where table_name = ?", [each.stage])
    return {name for (name,) in found}


def _most_common(store: Store, tables: Sequence[Staged]) -> str | None:
    """The currency most accepted rows name; ties go to the first in the alphabet."""
    parts = [
        f"select currency from {each.stage} where not rejected and not ignored and currency is not null"
        for each in tables
    ]
    if not parts:
        return None
    found = store.rows(
        f"select currency from ({' union all '.join(parts)}) group by 1 order by count(*) desc, 1 limit 1"
    )
    return str(found[0][0]) if found else None


def _company_currency(companies: Companies, otherwise: str, each: Staged) -> str:
    known = [(number, company.base_currency) for number, company in enumerate(companies.listed)]
    named = [(number, code) for number, code in known if code]
    if "company" not in each.names:
        own = dict(named).get(companies.default)
        return literal(own or otherwise)
    if not named:
        return literal(otherwise)
    cases = " ".join(f"when {number} then {literal(code)}" for number, code in named)
    return f"case coalesce(n.number, {companies.default}) {cases} else {literal(otherwise)} end"


def _assumed(store: Store, each: Staged, companies: Companies, common: str | None) -> list[Notice]:
    rows = store.value(f"select count(*) from {each.stage} where not rejected and not ignored")
    if not rows or any(company.base_currency for company in companies.listed):
        return []
    code, why = (
        (common, "most of the other records are in it") if common else ("USD", "nothing names another")
    )
    message = (
        f"The amounts name no currency. {code} was assumed, as {why}; give the currency if it is another."
    )
    sheet = each.table.grid.sheet
    return [Notice(code="CURRENCY_ASSUMED", message=message, file=each.reading.file, sheet=sheet, rows=rows)]
