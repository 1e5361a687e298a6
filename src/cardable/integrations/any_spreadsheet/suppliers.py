"""Who is paid: the suppliers on the list, and those that only transactions name."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Collection, Sequence
from typing import Final

from cardable.integrations.any_spreadsheet.store import Store
from cardable.integrations.any_spreadsheet.wanted import TRANSACTIONS

_FIELDS: Final = (
    "email", "phone", "tax_number", "registration_number", "address_line1", "address_line2", "city",
    "region", "postal_code", "country",
)  # fmt: skip


def normal(text: str) -> str:
    """The name as it is compared: no case, no accents, every run of other signs one blank."""
    plain = f"replace(lower(strip_accents(nfc_normalize({text}))), 'ß', 'ss')"
    return f"trim(regexp_replace({plain}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"


def key_suppliers(store: Store) -> None:
    """Give every supplier on the list and every transaction its key.

    The key is the ID; without one, that of the only listed supplier of that very name; else `name:` and
    the normalised name. Makes `supplier_list` and the views `{kind}_keyed`.
    """
    _list_suppliers(store)
    by_name = _kinds_by_name(store)
    if by_name:
        _name_keys(store, by_name)
    for kind in TRANSACTIONS:
        store.view(f"{kind}_keyed", _keyed_by_name(kind) if kind in by_name else _keyed_by_id(kind))


def _keyed_by_id(kind: str) -> str:
    return f"select t.*, t.supplier_id as supplier_key from {kind}_rows t"


def _keyed_by_name(kind: str) -> str:
    return (
        f"select t.*, coalesce(t.supplier_id, k.key) as supplier_key from {kind}_rows t "
        "left join name_keys k on k.company_number = t.company_number "
        "and k.name = case when t.supplier_id is null then t.supplier_name end"
    )


def _list_suppliers(store: Store) -> None:
    """One row a supplier and company: the last file's, and in it the first row's."""
    key = f"coalesce(supplier_id, 'name:' || {normal('supplier_name')})"
    shared = "select * from suppliers_rows"
    if store.value("select bool_or(company is null) from suppliers_rows"):
        shared = (
            "select s.* exclude (company_number), "
            "coalesce(b.company_number, s.company_number) as company_number "
            f"from suppliers_rows s left join ({_with_transactions()}) b on s.company is null"
        )
    store.table(
        "supplier_list",
        f"select *, {key} as key from ({shared}) "
        "qualify row_number() over (partition by company_number, key order by number desc, row) = 1",
    )


def _with_transactions() -> str:
    """The companies that have transactions."""
    return " union ".join(f"select distinct company_number from {kind}_rows" for kind in TRANSACTIONS)


def companies_with_books() -> str:
    """The companies that have transactions or suppliers of their own."""
    return f"select distinct company_number from suppliers_all union {_with_transactions()} order by 1"


def _kinds_by_name(store: Store) -> list[str]:
    """The kinds of transactions where a row names its supplier without an ID."""
    asked = ", ".join(
        f"(select bool_or(supplier_id is null and supplier_name is not null) from {kind}_rows)"
        for kind in TRANSACTIONS
    )
    found = store.row(f"select {asked}")
    return [kind for kind, is_named in zip(TRANSACTIONS, found, strict=True) if is_named]


def _name_keys(store: Store, kinds: Sequence[str]) -> None:
    """Make `name_keys`: the key of each name that stands without an ID."""
    named = " union ".join(
        f"select distinct company_number, supplier_name as name from {kind}_rows "
        "where supplier_id is null and supplier_name is not null"
        for kind in kinds
    )
    by_name = f"select company_number, {normal('supplier_name')} as name, key from supplier_list"
    by_tax = f"select company_number, {normal('tax_number')}, key from supplier_list"
    store.table(
        "name_keys",
        f"with listed as ({by_name} union {by_tax}), "
        "sole as (select company_number, name, min(key) as key from listed where name is not null "
        "group by all having count(distinct key) = 1), "
        f"named as (select company_number, name, {normal('name')} as plain from ({named})) "
        "select named.company_number, named.name, "
        "coalesce(sole.key, 'name:' || case when plain = '' then named.name else plain end) as key "
        "from named left join sole on sole.company_number = named.company_number and sole.name = named.plain",
    )


def derive_suppliers(
    store: Store, *, listed: bool, brought: Collection[str], instances: Sequence[tuple[int, str]]
) -> None:
    """Make `suppliers_all`: the list, and those that transactions name and the list lacks.

    `brought` names what transactions tell of suppliers. With a list, an ID without a name is not enough,
    nor is one that a company with the same books lists.
    """
    store.table(
        "instances",
        "select unnest(?::integer[]) as company_number, unnest(?::varchar[]) as instance",
        [[number for number, _ in instances], [instance for _, instance in instances]],
    )
    told = [name for name in (*_FIELDS, "supplier_name") if name in brought]
    details = ", ".join(name if name in told else f"cast(null as varchar) as {name}" for name in _FIELDS)
    parts = " union all ".join(
        f"select company_number, supplier_key as key, supplier_name, currency, {details} from {kind}_keyed "
        "where supplier_key is not null"
        for kind in TRANSACTIONS
    )
    store.view("party_rows", parts)
    known = (
        "select i.company_number, l.key from supplier_list l join instances o using (company_number) "
        "join instances i on i.instance = o.instance"
    )
    need_name = "and max(supplier_name) is not null" if listed else ""
    store.table(
        "derived_keys",
        "select p.company_number, p.key from party_rows p anti join "
        f"({known}) k on k.company_number = p.company_number and k.key = p.key group by all "
        f"having true {need_name}",
    )
    _describe_derived(store, told)


def _describe_derived(store: Store, told: Sequence[str]) -> None:
    """The name most rows use, ties to the first in the alphabet; other details the greatest in it."""
    largest = ", ".join(
        f"max({name}) as {name}" if name in told else f"cast(null as varchar) as {name}" for name in _FIELDS
    )
    rows = "party_rows semi join derived_keys using (company_number, key)"
    # Where transactions tell but IDs there is nothing to look up.
    details = f"select company_number, key, {largest} from {rows if told else 'derived_keys'} group by all"
    names = (
        "select company_number, key, arg_max(supplier_name, (n, -rank)) as supplier_name from (select *, "
        "row_number() over (partition by company_number, key order by supplier_name) as rank from "
        f"(select company_number, key, supplier_name, count(*) as n from {rows} "
        f"where supplier_name is not null and {bool(told)} group by all)) group by all"
    )
    store.table(
        "derived_suppliers",
        f"select d.*, coalesce(n.supplier_name, d.key) as supplier_name from ({details}) d "
        f"left join ({names}) n using (company_number, key)",
    )
    named = ", ".join(("company_number", "key", "supplier_name", *_FIELDS))
    store.view(
        "suppliers_all",
        f"select {named}, contact_name, account_number, address, status, currency, "
        f"false as is_derived, number, row "
        f"from supplier_list union all by name select {named}, true as is_derived from derived_suppliers",
    )
