"""Which rows are one record, and what its ID is."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from cardable.integrations.any_spreadsheet.store import Store


def separate(store: Store, kind: str, ids: str) -> bool:
    """Make `{kind}_each`: every row a record of its own.

    A row with the ID of another becomes “123 #2”, in the order of their contents. A later file replaces
    rows of earlier ones: by ID where the ID is the record's own, else where party, day and amount agree too.
    Returns whether any ID repeats.
    """
    repeated = _find_repeated(store, kind, ids)
    single = f"select *, {ids} as id_base, coalesce({ids}, label || 'row ' || row) as id from {kind}_keyed"
    if not repeated:
        store.view(f"{kind}_each", single)
        return False
    at_once = "company_number, case when record_id is null then (id_base, supplier_key, day, total) else "
    at_once += "(record_id, null, null, null) end"
    order = "day, total, supplier_key, document, note, number, row"
    store.table(
        f"{kind}_numbered",
        f"select * replace (case when place = 1 then id_base else id_base || ' #' || place end as id) from ("
        f"select *, row_number() over (partition by company_number, id_base order by {order}) as place from ("
        f"select * from ({single}) semi join {kind}_repeated using (company_number, id_base) "
        f"qualify number = max(number) over (partition by {at_once})))",
    )
    store.view(
        f"{kind}_each",
        f"select * from ({single}) anti join {kind}_repeated using (company_number, id_base) "
        f"union all by name select * exclude (place) from {kind}_numbered",
    )
    return True


def _find_repeated(store: Store, kind: str, ids: str) -> bool:
    store.table(
        f"{kind}_repeated",
        f"select company_number, {ids} as id_base from {kind}_keyed where {ids} is not null "
        "group by all having count(*) > 1",
    )
    return bool(store.value(f"select count(*) from {kind}_repeated"))


def unite(store: Store) -> bool:
    """Make `bills_each`: the rows of one bill are its lines.

    Rows are one bill where they share its own ID, or number, supplier and issue date. An amount that repeats
    on every row counts once: so it is where at least 95 % of a table's bills of several rows have equal
    amounts; else the rows are added. A later file replaces the bill. Returns whether any ID repeats.
    """
    ids = "coalesce(record_id, document)"
    repeated = _find_repeated(store, "bills", ids)
    single = (
        f"select *, {ids} as id_base, coalesce({ids}, label || 'row ' || row) as id, null as lines "
        "from bills_keyed"
    )
    if not repeated:
        store.view("bills_each", single)
        return False
    _number_documents(store, single)
    _unite_documents(store)
    store.view(
        "bills_each",
        f"select * from ({single}) anti join bills_repeated using (company_number, id_base) "
        "union all by name select * from bills_united",
    )
    return True


def _number_documents(store: Store, single: str) -> None:
    key = (
        "company_number, id_base, record_id is null, case when record_id is null then supplier_key end, "
        "case when record_id is null then day end"
    )
    store.table(
        "bill_lines",
        f"select * from (select * exclude (lines), dense_rank() over (order by {key}) as bill "
        f"from ({single}) semi join bills_repeated using (company_number, id_base)) "
        "qualify number = max(number) over (partition by bill)",
    )
    store.table(
        "line_habits",
        "select number, avg(cast(same_total as integer)) >= 0.95 as repeats_total, "
        "avg(cast(same_due as integer)) >= 0.95 as repeats_due from ("
        "select number, min(total) = max(total) as same_total, "
        "min(due) is not distinct from max(due) as same_due "
        "from bill_lines group by number, bill having count(*) > 1) group by number",
    )


def _unite_documents(store: Store) -> None:
    once = "coalesce(any_value(repeats_total), true) and min(total) = max(total)"
    once_due = "coalesce(any_value(repeats_due), true) and min(due) is not distinct from max(due)"
    fits = f"not ({once}) or abs(sum(net)) <= abs(max(total))"
    same = ("supplier_id", "supplier_name", "document", "supplier_key", "record_id", "label", "currency",
            "rate", "status", "payment_method", "account_name", "payment_reference")  # fmt: skip
    agreed = ", ".join(f"min({name}) as {name}" for name in same)
    line = (
        "{'description': note, 'sub_total': net, 'tax_amount': tax, 'account_name': category, "
        "'total_amount': case when h.repeats_total then cast(null as DECIMAL(18,4)) else total end}"
    )
    united = (
        f"select company_number, id_base, bill, min(number) as number, min(row) as row, {agreed}, "
        "min(day) as day, min(issue_date) as issue_date, max(due_date) as due_date, "
        "max(payment_date) as payment_date, min(terms) as terms, "
        f"case when {once} then max(total) else sum(total) end as total, "
        f"case when {once_due} then max(due) else sum(due) end as due, "
        "case when min(paid) = max(paid) then max(paid) else sum(paid) end as paid, "
        f"case when {fits} then sum(net) else max(net) end as net, "
        f"case when {fits} then sum(tax) else max(tax) end as tax, "
        "case when min(note) = max(note) then min(note) end as note, "
        f"case when count(*) > 1 then list({line} order by row) end as lines "
        "from bill_lines left join line_habits h using (number) group by company_number, id_base, bill"
    )
    store.table(
        "bills_united",
        "select * exclude (bill, like_it, like_supplier), case "
        "when record_id is not null or like_it = 1 then id_base "
        "when like_supplier = 1 then id_base || ' / ' || coalesce(supplier_key, '') "
        "else id_base || ' / ' || coalesce(supplier_key || ' / ', '') || day end as id from ("
        "select *, count(*) over (partition by company_number, id_base) as like_it, "
        "count(*) over (partition by company_number, id_base, supplier_key) as like_supplier "
        f"from ({united}))",
    )
