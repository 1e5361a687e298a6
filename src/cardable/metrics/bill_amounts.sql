-- Every bill in base currency, what is still due on it included; null where no rate is known.
with paid as (
    select a.bill, sum(a.amount) as amount
    from bills as b
    inner join allocations as a on a.bill = b.record
    where b.amount_due is null and not a.is_void
    group by a.bill
),

rated as (
    select
        b.*,
        -- A due amount the source does not give is what the payments left.
        case
            when b.amount_due is not null then b.amount_due
            when b.is_paid then 0
            else greatest(b.total_amount - coalesce(p.amount, 0), 0)
        end as due,
        case
            when b.currency = e.base_currency then 1
            else coalesce(b.recorded_rate, l.rate, t.rate)
        end as rate,
        case when e.base_currency = e.group_currency then 1 else g.rate end as group_rate,
        e.digits,
        e.group_digits
    from bills as b
    inner join entities as e on e.entity = b.entity
    left join paid as p on p.bill = b.record
    left join lent_rates as l on l.record = b.record
    left join table_rates as t
        on t.from_currency = b.currency and t.to_currency = e.base_currency and t.day = b.issue_date
    left join table_rates as g
        on g.from_currency = e.base_currency and g.to_currency = e.group_currency and g.day = b.issue_date
)

select
    record,
    entity,
    supplier,
    issue_date,
    due_date,
    is_issued and total_amount >= 0 as counts,
    is_issued and total_amount < 0 as is_negative,
    cast(due as decimal(38, 4)) as amount_due,
    cast(rate as decimal(18, 9)) as rate,
    cast(group_rate as decimal(18, 9)) as group_rate,
    in_base(total_amount, rate, digits, group_rate, group_digits) as base_amount,
    case when due > 0 then in_base(due, rate, digits, group_rate, group_digits) else 0 end as base_due
from rated
