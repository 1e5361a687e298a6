-- One row per bill of the period, with all that is true of it alone: terms, lateness, settlement.
with settled as (
    select
        k.bill,
        max(k.paid_on) as last_paid_on,
        sum(k.amount) as amount,
        sum(k.amount * k.days) as days_amount
    from cash_allocations as k
    where in_period(k.issue_date) and by_period_end(k.paid_on)
    group by k.bill
)

select
    b.record,
    b.supplier,
    b.entity,
    b.issue_date,
    b.due_date,
    b.base_amount,
    b.base_due,
    -- A due date before the issue date is no terms at all.
    case when b.due_date is not null then greatest(date_diff('day', b.issue_date, b.due_date), 0) end
        as terms_days,
    b.due_date is not null and coalesce(s.last_paid_on > b.due_date, false) as is_late,
    s.amount as settled_amount,
    s.days_amount as settled_days_amount
from bill_amounts as b
left join settled as s on s.bill = b.record
where in_period(b.issue_date)
    and b.counts and b.base_amount is not null
