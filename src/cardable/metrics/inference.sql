-- What decided how the period's payments and expenses were made: each rule, field and word, and how often.
with decided as (
    select a.record, a.base_amount
    from payment_amounts as a
    inner join period as w on a.paid_on between w.start_date and w.end_date
    where a.counts
    union all
    select a.record, a.base_amount
    from expense_amounts as a
    inner join period as w on a.issue_date between w.start_date and w.end_date
),

counted as (
    select
        m.why_rule,
        m.why_field,
        m.why_keyword,
        m.inferred_method,
        count(*) as transactions,
        coalesce(sum(d.base_amount), 0) as amount,
        min(d.record) as first_record,
        max(d.record) as last_record
    from decided as d
    inner join transaction_methods as m on m.record = d.record
    group by m.why_rule, m.why_field, m.why_keyword, m.inferred_method
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
