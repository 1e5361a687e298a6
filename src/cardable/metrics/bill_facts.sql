-- One row per bill and period it was issued in, with all that is true of it alone: terms, lateness, settlement.
with settled as (
    select
        w.period,
        k.bill,
        max(k.paid_on) as last_paid_on,
        sum(k.amount) as amount,
        sum(k.amount * k.days) as days_amount
    from cash_allocations as k
    inner join periods as w on k.issue_date between w.start_date and w.end_date and k.paid_on <= w.end_date
    group by w.period, k.bill
)

select
    w.period,
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
inner join periods as w on b.issue_date between w.start_date and w.end_date
left join settled as s on s.period = w.period and s.bill = b.record
where b.counts and b.base_amount is not null
