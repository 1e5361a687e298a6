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
        b.record,
        b.entity,
        b.supplier,
        b.issue_date,
        b.due_date,
        b.is_issued,
        b.total_amount,
        -- A due amount the source does not give is what the payments left.
        try_cast(
            case
                when b.amount_due is not null then b.amount_due
                when b.is_paid then 0
                else greatest(b.total_amount - coalesce(p.amount, 0), 0)
            end as decimal(18, 4)
        ) as amount_due,
        -- Only a record in base currency, in a group of the same, has no need to find a rate.
        case when r.record is null then 1 else r.rate end as rate,
        case when r.record is null then 1 else r.group_rate end as group_rate,
        e.digits,
        e.group_digits
    from bills as b
    inner join entities as e on e.entity = b.entity
    left join found_rates as r on r.record = b.record
    left join paid as p on p.bill = b.record
)

select
    record,
    entity,
    supplier,
    issue_date,
    due_date,
    is_issued and total_amount >= 0 as counts,
    is_issued and total_amount < 0 as is_negative,
    total_amount,
    amount_due,
    rate,
    group_rate,
    in_base(total_amount, rate, digits, group_rate, group_digits) as base_amount,
    case when amount_due > 0 then in_base(amount_due, rate, digits, group_rate, group_digits) else 0 end
        as base_due
from rated
