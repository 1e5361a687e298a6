-- One row per part of a payment applied to a bill, in the bill's currency and in the order of the rows.
with links as (
    select
        b.record as bill,
        p.record as payment,
        l.line,
        l.place,
        l.amount,
        l.line_rest,
        b.total_amount as bill_total,
        b.supplier as bill_supplier,
        b.recorded_rate as bill_rate,
        p.recorded_rate as payment_rate,
        b.currency = p.currency as same_currency,
        p.is_void
    from payment_links as l
    inner join payments as p on p.record = l.payment
    inner join bills as b on b.entity = p.entity and b.bill_id = l.bill_id
),

-- One amount for several bills is split by their totals.
shared as (
    select payment, line, sum(cast(bill_total as decimal(38, 4))) as bills_total
    from links
    where amount is null
    group by payment, line
)

select
    l.bill,
    l.payment,
    l.line,
    l.place,
    coalesce(
        cast(l.amount as decimal(38, 12)),
        ratio(cast(l.line_rest as decimal(38, 4)) * cast(l.bill_total as decimal(38, 4)), s.bills_total)
    ) as amount,
    l.bill_supplier,
    l.bill_rate,
    l.payment_rate,
    l.same_currency,
    l.is_void
from links as l
left join shared as s on l.amount is null and s.payment = l.payment and s.line = l.line
