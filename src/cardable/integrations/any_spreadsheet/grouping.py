"""Which row is which record: its ID, and which file's rows count."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from cardable.integrations.any_spreadsheet.store import Store


def separate(store: Store, kind: str, ids: str) -> bool:
    """Make `{kind}_each`: every row a record of its own.

    A row with the ID of another becomes “123 #2”, in the order of their contents. A later file replaces
    rows of earlier ones: by ID where the ID is the record's own, else where party, day and amount agree too.
    Returns whether any ID repeats.
    """
    repeated = find_repeated(store, kind, ids)
    single = f"select *, {ids} as id_base, coalesce({ids}, label || 'row ' || row) as id from {kind}_keyed"
    if not repeated:
        store.view(f"{kind}_each", single)
        return False
    at_once = "company_number, case when record_id is null then (id_base, supplier_key, day, total) else "
    at_once += "(record_id, null, null, null) end"
    order = "day, total, supplier_key, document, note, number, row"
    store.view(
        f"{kind}_numbers",
        f"select * from ({single}) semi join {kind}_repeated using (company_number, id_base)",
    )
    store.table(
        f"{kind}_numbered",
        f"select * replace (case when place = 1 then id_base else id_base || ' #' || place end as id) from ("
        f"select *, row_number() over (partition by company_number, id_base order by {order}) as place from ("
        f"select * from {kind}_numbers "
        f"qualify number = max(number) over (partition by {at_once})))",
    )
    note_replaced(store, kind, f"{kind}_numbered")
    store.view(
        f"{kind}_each",
        f"select * from ({single}) anti join {kind}_repeated using (company_number, id_base) "
        f"union all by name select * exclude (place) from {kind}_numbered",
    )
    return True


def find_repeated(store: Store, kind: str, ids: str) -> bool:
    """Make `{kind}_repeated`, the IDs that stand on several rows; whether there are any."""
    store.table(
        f"{kind}_repeated",
        f"select company_number, {ids} as id_base from {kind}_keyed where {ids} is not null "
        "group by all having count(*) > 1",
    )
    return bool(store.value(f"select count(*) from {kind}_repeated"))


def begin(store: Store) -> None:
    store.run("create table replaced (number integer, rows bigint)")


def note_replaced(store: Store, kind: str, kept: str) -> None:
    """Keep in `replaced` how many rows of each table gave way to those of a later one."""
    store.run(
        f"insert into replaced select number, count(*) from {kind}_numbers "
        f"anti join {kept} using (number, row) group by number"
    )
