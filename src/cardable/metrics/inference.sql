-- What decided how the period's payments and expenses were made: each rule, field and word, and how often.
with decided as (
    select record, base_amount, why_rule, why_field, why_keyword, inferred_method
    from payment_amounts
    where in_period(paid_on) and counts
    union all
    select record, base_amount, why_rule, why_field, why_keyword, inferred_method
    from expense_amounts
    where in_period(issue_date)
),

counted as (
    select
        why_rule,
        why_field,
        why_keyword,
        inferred_method,
        count(*) as transactions,
        coalesce(sum(base_amount), 0) as amount,
        min(record) as first_record,
        max(record) as last_record
    from decided
    group by why_rule, why_field, why_keyword, inferred_method
),

sampled as (
    select first_record as record
    from counted
    union
    select last_record
    from counted
),

named as (
    select p.record, p.id
    from stored_bill_payments as p
    inner join sampled as s on s.record = p.record
    union all
    select x.record, x.id
    from stored_expenses as x
    inner join sampled as s on s.record = x.record
)

select
    row_number() over (
        order by c.why_rule, c.transactions desc, c.why_field, c.why_keyword, c.inferred_method
    ) as position,
    c.why_rule,
    c.why_field,
    c.why_keyword,
    c.inferred_method,
    c.transactions,
    c.amount,
    f.id as first_id,
    l.id as last_id
from counted as c
inner join named as f on f.record = c.first_record
inner join named as l on l.record = c.last_record
