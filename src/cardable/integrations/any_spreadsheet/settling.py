"""What bills still owe, and the payments that only the bills themselves tell of."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from cardable.integrations.any_spreadsheet.store import Store

_TERMS_DAYS = (
    "case when regexp_matches(lower(terms), 'eom|end of|fin de mois|fdm|monatsende|fine mese|fin de mes') "
    "then null "
    "when regexp_matches(lower(terms), 'receipt|immediate|sofort|reception') then 0 "
    "else try_cast(coalesce(nullif(regexp_extract(lower(terms), 'net\\D{0,3}(\\d{1,3})', 1), ''), "
    "nullif(regexp_extract(terms, '(\\d{1,3})\\D*$', 1), '')) as integer) end"
)


def settle_bills(store: Store, *, linked: bool, derived: bool) -> None:
    """Make `bills_final`, each bill with its due date and what is due."""
    applied = "cast(null as DECIMAL(38,4))"
    join = ""
    unsaid = "bool_or(due is null and paid is null and status is distinct from 'Paid')"
    if linked and store.value(f"select {unsaid} from bills_each"):
        _apply_links(store)
        applied = "coalesce(a.applied, 0)"
        join = "left join applied a on a.company_number = b.company_number and a.id = b.id"
    paid_by_date = f"when {_PAID} is not null and b.payment_date is not null then 0" if derived else ""
    due = (
        "case when b.due is not null then b.due when b.status in ('Paid', 'Void') then 0 "
        "when b.paid is not null then greatest(b.total - b.paid, 0) "
        f"{paid_by_date} else greatest(b.total - coalesce({applied}, 0), 0) end"
    )
    due_date = f"coalesce(b.due_date, b.issue_date + {_TERMS_DAYS})"
    store.view(
        "bills_final",
        f"select b.* exclude (issue_date, due_date, status), b.day as issue_date, {due_date} as due_date, "
        f"b.total as total_amount, {due} as amount_due, coalesce(b.status, 'Unknown') as status "
        f"from bills_each b {join}",
    )


def _apply_links(store: Store) -> None:
    """What payments that are not void took off each bill."""
    void = "select company_number, id from payments_each where status = 'Void'"
    store.table(
        "applied",
        "select l.company_number, l.id, sum(l.amount) as applied from links l anti join "
        f"({void}) v on v.company_number = l.company_number and v.id = l.payment_id "
        "where l.type = 'Bill' group by l.company_number, l.id",
    )


_PAID = (
    "case when coalesce(b.status, '') in ('Void', 'Draft') then null when b.paid is not null then b.paid "
    "when b.due is not null then b.total - b.due "
    "when coalesce(b.status, '') in ('Open', 'PartiallyPaid') then null else b.total end"
)
"""What a bill with a payment date says was paid; null where it says nothing."""


def derive_payments(store: Store) -> int:
    """Make `payments_final` from paid bills: one payment on each one's payment date; how many there are.

    A bill whose issue date is unknown took its payment date for it; linking the two would claim that it
    was settled in 0 days, so such a payment stays on account.
    """
    link = "[{'type': 'Bill', 'id': b.id, 'amount': paid_now, 'currency_rate': null}]"
    paid = f"select b.*, try_cast({_PAID} as DECIMAL(18,4)) as paid_now from bills_each b"
    store.view(
        "payments_final",
        "select b.company_number, b.number, b.row, 'paid ' || b.id as id, b.supplier_key, b.supplier_name, "
        "b.payment_date as day, b.currency, b.rate, b.paid_now as total, b.payment_method, b.account_name, "
        "b.payment_reference as reference, cast(null as varchar) as note, 'Active' as status, "
        f"true as is_derived, case when b.issue_date is not null then {link} end as links "
        f"from ({paid}) b where b.payment_date is not null and b.paid_now <> 0",
    )
    return int(store.value("select count(*) from payments_final"))


def settle_payments(store: Store, *, linked: bool) -> None:
    """Make `payments_final` from the payments that came, with their links."""
    links, join = "null", ""
    if linked:
        links = "l.links"
        join = "left join payment_links l on l.company_number = p.company_number and l.payment_id = p.id"
    store.view(
        "payments_final",
        "select p.*, coalesce(p.payment_reference, p.document) as reference, false as is_derived, "
        f"{links} as links from payments_each p {join}",
    )
