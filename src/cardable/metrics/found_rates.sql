-- The rates of the records that need one, and where each comes from in the end.
with foreign_bills as (
    select b.record, b.issue_date as day, b.currency, e.base_currency, e.group_currency, b.recorded_rate
    from bills as b
    inner join entities as e on e.entity = b.entity
    where b.currency <> e.base_currency or e.base_currency <> e.group_currency
),

foreign_payments as (
    select p.record, p.paid_on as day, p.currency, e.base_currency, e.group_currency, p.recorded_rate
    from payments as p
    inner join entities as e on e.entity = p.entity
    where p.currency <> e.base_currency or e.base_currency <> e.group_currency
),

-- Lent between a bill and its payments in the same currency: the first recorded rate, never a found one.
lent as (
    select b.record, arg_min(p.recorded_rate, struct_pack(payment := a.payment, line := a.line, place := a.place)) as rate
    from foreign_bills as b
    inner join allocations as a on a.bill = b.record
    inner join foreign_payments as p on p.record = a.payment
    where b.recorded_rate is null
        and p.recorded_rate is not null
        and p.currency = b.currency
        and not a.is_void
    group by b.record
    union all
    select p.record, arg_min(b.recorded_rate, struct_pack(line := a.line, place := a.place)) as rate
    from foreign_payments as p
    inner join allocations as a on a.payment = p.record
    inner join foreign_bills as b on b.record = a.bill
    where p.recorded_rate is null and b.recorded_rate is not null and b.currency = p.currency
    group by p.record
),

foreign_records as (
    select * from foreign_bills
    union all
    select * from foreign_payments
    union all
    select x.record, x.issue_date, x.currency, e.base_currency, e.group_currency, x.recorded_rate
    from expenses as x
    inner join entities as e on e.entity = x.entity
    where x.currency <> e.base_currency or e.base_currency <> e.group_currency
)

select
    r.record,
    case
        when r.currency = r.base_currency then 1
        else coalesce(r.recorded_rate, l.rate, t.rate)
    end as rate,
    case when r.base_currency = r.group_currency then 1 else g.rate end as group_rate
from foreign_records as r
left join lent as l on l.record = r.record
left join table_rates as t
    on t.from_currency = r.currency and t.to_currency = r.base_currency and t.day = r.day
left join table_rates as g
    on g.from_currency = r.base_currency and g.to_currency = r.group_currency and g.day = r.day
