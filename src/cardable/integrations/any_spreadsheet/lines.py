"""Which rows are one bill: its lines, its totals, its ID."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from cardable.integrations.any_spreadsheet.grouping import find_repeated, note_replaced
from cardable.integrations.any_spreadsheet.store import Store


def unite(store: Store) -> bool:
    """Make `bills_each`: the rows of one bill are its lines.

    Rows are one bill where they share its own ID, or number, supplier and issue date, and the payer's number
    for it where a table gives one to whole bills. An amount that repeats
    on every row counts once: so it is where at least 95 % of a table's bills of several rows have equal
    amounts; else the rows are added. A later file replaces the bill. Returns whether any ID repeats.
    """
    ids = "coalesce(record_id, document)"
    repeated = find_repeated(store, "bills", ids)
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
    """Make `bill_lines`: rows whose number stands on several, each with the bill it belongs to."""
    store.view(
        "bills_numbers",
        f"select * exclude (lines) from ({single}) semi join bills_repeated using (company_number, id_base)",
    )
    own = "case when record_id is null then {} end"
    key = ", ".join(
        ("company_number", "id_base", "record_id is null", own.format("supplier_key"), own.format("day"))
    )
    store.table(
        "payer_numbers",
        f"select number, count(*) > count(distinct ({key}, payment_reference)) as numbers_bills "
        "from bills_numbers where payment_reference is not null group by number",
    )
    payers = own.format("case when numbers_bills then payment_reference end")
    store.table(
        "bill_lines",
        f"select * exclude (numbers_bills) from (select *, "
        f"dense_rank() over (order by {key}, {payers}) as bill "
        "from bills_numbers left join payer_numbers using (number)) "
        "qualify number = max(number) over (partition by bill)",
    )
    note_replaced(store, "bills", "bill_lines")
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
        "select * exclude (bill, alike, of_supplier, of_day), case "
        "when record_id is not null or alike = 1 then id_base "
        "when of_supplier = 1 then concat_ws(' / ', id_base, supplier_key) "
        "when of_day = 1 then concat_ws(' / ', id_base, supplier_key, day) "
        "else concat_ws(' / ', id_base, supplier_key, day, payment_reference) end as id from ("
        "select *, count(*) over (partition by company_number, id_base) as alike, "
        "count(*) over (partition by company_number, id_base, supplier_key) as of_supplier, "
        "count(*) over (partition by company_number, id_base, supplier_key, day) as of_day "
        f"from ({united})) order by number, row",
    )
