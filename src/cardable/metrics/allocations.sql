-- One row per part of a payment applied to a bill, in the bill's currency and in the order of the rows.
with links as (
    select
        b.record as bill,
        b.total_amount as bill_total,
        l.payment,
        l.line,
        l.place,
        l.paid_on,
        l.is_void,
        l.is_outflow,
        l.amount,
        l.line_rest
    from payment_links as l
    inner join bills as b on b.entity = l.entity and b.bill_id = l.bill_id
),

-- One amount for several bills is split by their totals.
shares as (
    select payment, line, sum(cast(bill_total as decimal(38, 4))) as bills_total
    from links
    where amount is null
    group by payment, line
)

select bill, payment, line, place, paid_on, is_void, is_outflow, amount
from links
where amount is not null
union all
select
    l.bill,
    l.payment,
    l.line,
    l.place,
    l.paid_on,
    l.is_void,
    l.is_outflow,
    cast(share(l.line_rest, l.bill_total, s.bills_total) as decimal(18, 4))
from links as l
inner join shares as s on s.payment = l.payment and s.line = l.line
where l.amount is null and s.bills_total > 0
