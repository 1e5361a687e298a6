"""Which payment paid which bill: as allocations say, else by supplier and exact bill reference."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from cardable.integrations.any_spreadsheet.store import Store

_LINK = "STRUCT(type VARCHAR, id VARCHAR, amount DECIMAL(18,4), currency_rate DECIMAL(18,9))"


def link_payments(store: Store, *, companies: int) -> tuple[dict[int, int], int]:
    """Make `links` from allocations and references.

    How many allocations of each table name no payment that came, and how many payments were matched by
    reference.
    """
    _place_allocations(store, companies)
    lost = dict(store.rows("select number, count(*) from allocations_lost group by number"))
    matched = _match_references(store)
    store.view("links", "select * from allocation_links union all by name select * from reference_links")
    return lost, matched


def _place_allocations(store: Store, companies: int) -> None:
    """Each allocation with its payment; those of a payment that did not come are set aside."""
    placed = "select * from allocations_rows"
    if companies > 1 and store.value("select bool_or(company is null) from allocations_rows"):
        placed = _with_payment_company(placed)
    if store.value("select count(distinct number) from allocations_rows") > 1:
        same = "company_number, payment_id, link_type, link_id, amount"
        placed += f" qualify number = max(number) over (partition by {same})"
    type_ = "coalesce(link_type, case when link_id is null then 'PaymentOnAccount' else 'Bill' end)"
    store.table(
        "allocations_placed",
        f"select a.company_number, a.payment_id, a.number, a.row, {type_} as type, a.link_id as id, "
        f"a.amount, p.total, p.id is not null as is_known from ({placed}) a left join payments_each p "
        "on p.company_number = a.company_number and p.id = a.payment_id",
    )
    store.view("allocations_lost", "select * from allocations_placed where not is_known")
    _resolve(store)


def _with_payment_company(placed: str) -> str:
    """Allocations that name no company belong to that of their payment, if only one has such a payment."""
    alone = (
        "select id, min(company_number) as company_number from payments_each group by id having count(*) = 1"
    )
    own = "a.company_number"
    number = f"case when a.company is null then coalesce(o.company_number, {own}) else {own} end"
    return (
        f"select a.* exclude (company_number), {number} as company_number "
        f"from ({placed}) a left join ({alone}) o on o.id = a.payment_id"
    )


def _resolve(store: Store) -> None:
    """The links of each payment; an ID that is no bill's may be the reference of just one."""
    store.table(
        "unknown_bills",
        "select a.company_number, a.id from allocations_placed a "
        "anti join (select company_number, id from bills_each "
        "where exists (select 1 from allocations_placed)) b "
        "on b.company_number = a.company_number and b.id = a.id "
        "where a.is_known and a.type = 'Bill' and a.id is not null group by all",
    )
    store.table(
        "bills_by_reference",
        "select u.company_number, u.id as reference, min(b.id) as id from bills_each b "
        "join unknown_bills u on b.company_number = u.company_number and b.document = u.id "
        "group by all having count(*) = 1",
    )
    meant, join = "a.id", ""
    if store.value("select count(*) from bills_by_reference"):
        meant = "coalesce(r.id, a.id)"
        join = "left join bills_by_reference r on r.company_number = a.company_number and r.reference = a.id"
    store.view(
        "allocation_links_raw",
        f"select a.company_number, a.payment_id, a.number, a.row, a.type, {meant} as id, a.amount, a.total "
        f"from allocations_placed a {join} where a.is_known",
    )
    if store.value("select bool_or(amount is null) from allocation_links_raw"):
        _share_out(store)
    else:
        store.view("allocation_links", "select * exclude (total) from allocation_links_raw")


def _share_out(store: Store) -> None:
    """Allocations without amounts take what is left of their payment, pro rata to the bills' totals."""
    weighed = (
        "select l.*, coalesce(b.total, 1) as weight, sum(l.amount) over one as said, "
        "sum(case when l.amount is null then coalesce(b.total, 1) end) over one as weights "
        "from allocation_links_raw l left join bills_each b "
        "on b.company_number = l.company_number and b.id = l.id and l.type = 'Bill' "
        "window one as (partition by l.company_number, l.payment_id)"
    )
    left = "cast(total as DECIMAL(38,4)) - coalesce(said, 0)"
    share = (
        f"try_cast(({left}) * cast(weight as DOUBLE) / nullif(cast(weights as DOUBLE), 0) as DECIMAL(18,4))"
    )
    store.table(
        "allocation_links",
        f"select company_number, payment_id, number, row, type, id, coalesce(amount, {share}) as amount "
        f"from ({weighed})",
    )


def _match_references(store: Store) -> int:
    """Payments without allocations that name a bill of the same supplier by its exact reference.

    Where several bills bear it, the latest issued by the payment's day counts, else the first.
    """
    store.table(
        "unlinked",
        "select company_number, id, supplier_key, day, total, currency, number, row, "
        "unnest([document, payment_reference]) as reference, unnest([1, 2]) as rank from payments_each p "
        "anti join allocations_placed a on a.company_number = p.company_number and a.payment_id = p.id "
        "where p.total > 0 and p.supplier_key is not null",
    )
    nearness = "u.rank, case when b.day <= u.day then 0 else 1 end, abs(u.day - b.day), b.id"
    store.table(
        "reference_links",
        "select u.company_number, u.id as payment_id, u.number, u.row, 'Bill' as type, b.id as id, "
        "least(u.total, b.total) as amount from bills_each b join unlinked u "
        "on u.company_number = b.company_number and u.supplier_key = b.supplier_key "
        "and u.reference = b.document and u.currency is not distinct from b.currency where b.total > 0 "
        f"qualify row_number() over (partition by u.company_number, u.id order by {nearness}) = 1",
    )
    return int(store.value("select count(*) from reference_links"))


def line_up(store: Store) -> None:
    """Make `payment_links`: each payment's links in the order of their rows.

    Most payments have one link; only the others need their list put in order.
    """
    one = "{'type': type, 'id': id, 'amount': amount, 'currency_rate': null}"
    store.table(
        "link_groups",
        "select company_number, payment_id, count(*) as n, any_value(type) as type, any_value(id) as id, "
        "any_value(amount) as amount from links group by company_number, payment_id",
    )
    store.table(
        "link_lists",
        f"select company_number, payment_id, cast(list({one} order by number, row) as {_LINK}[]) as links "
        "from links semi join (select company_number, payment_id from link_groups where n > 1) "
        "using (company_number, payment_id) group by company_number, payment_id",
    )
    store.view(
        "payment_links",
        f"select g.company_number, g.payment_id, coalesce(l.links, cast([{one}] as {_LINK}[])) as links "
        "from link_groups g left join link_lists l using (company_number, payment_id)",
    )
