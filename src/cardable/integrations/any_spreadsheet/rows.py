"""All accepted rows of one kind, from every file, with their company."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Sequence
from typing import Final

from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store, literal
from cardable.integrations.any_spreadsheet.wanted import SQL_TYPES, TRANSACTIONS, WANTED

_ALWAYS: Final = {"number": "INTEGER", "label": "VARCHAR", "company_number": "INTEGER", "row": "INTEGER"}
_COMPUTED: Final = {"day": "DATE", "total": "DECIMAL(18,4)", "contact": "VARCHAR"}


def view_rows(
    store: Store, kind: str, staged: Sequence[Staged], default: int, currencies: dict[int, str]
) -> bool:
    """Make the view `{kind}_rows`; false where no table of the kind came.

    `currencies` holds, for each table, the expression of the currency of rows that name none.
    """
    own = [each for each in staged if each.kind == kind]
    types = dict(_ALWAYS)
    types |= {wanted.name: SQL_TYPES[wanted.form] for wanted in WANTED[kind]}
    if kind in TRANSACTIONS:
        types |= _COMPUTED
    several = len(own) > 1
    if own:
        parts = [_part(each, types, default, currencies.get(each.number), several) for each in own]
        store.view(f"{kind}_rows", " union all ".join(parts))
    else:
        store.no_rows(f"{kind}_rows", types)
    return bool(own)


def _part(each: Staged, types: dict[str, str], default: int, currency: str | None, several: bool) -> str:
    own = {name: f's."{name}"' for name in each.names}
    own |= {
        "number": str(each.number),
        "label": literal(f"{each.label} " if several else ""),
        "row": "s.row",
        "company_number": f"coalesce(n.number, {default})" if "company" in each.names else str(default),
    }
    if each.kind in TRANSACTIONS:
        own |= {"day": "s.day", "total": "s.total"}
        own["currency"] = f"coalesce(s.currency, {currency})" if currency else "s.currency"
        if "tax_number" in own and "supplier_name" in own:
            own["supplier_name"] = "coalesce(s.supplier_name, s.tax_number)"
        elif "tax_number" in own and "contact" not in own and "supplier_id" not in own:
            own["supplier_name"] = "s.tax_number"
    selected = ", ".join(
        f'cast({own.get(name, "null")} as {form}) as "{name}"' for name, form in types.items()
    )
    join = " left join company_numbers n on n.raw = s.company" if "company" in each.names else ""
    return f"select {selected} from {each.stage} s{join} where not s.rejected and not s.ignored"
