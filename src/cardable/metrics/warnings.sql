-- What is doubtful in the data: how often, some IDs to look at, and what to do.
with counted as (
    select code, count(*) as count
    from warned
    group by code
),

-- The first of each code, in file order.
samples as (
    select code, kind, unnest(list_slice(list(record order by record), 1, 20)) as record
    from warned
    group by code, kind
),

named as (
    select s.code, s.record, r.id
    from samples as s
    inner join stored_bills as r on s.kind = 'bill' and r.record = s.record
    union all
    select s.code, s.record, r.id
    from samples as s
    inner join stored_bill_payments as r on s.kind = 'payment' and r.record = s.record
    union all
    select s.code, s.record, r.id
    from samples as s
    inner join stored_expenses as r on s.kind = 'expense' and r.record = s.record
    union all
    select s.code, s.record, r.id
    from samples as s
    inner join stored_suppliers as r on s.kind = 'supplier' and r.record = s.record
    union all
    select s.code, s.record, r.entity_id
    from samples as s
    inner join entities as r on s.kind = 'entity' and r.entity = s.record
    union all
    select s.code, s.record, r.name
    from samples as s
    inner join missing_data as r on s.kind = 'missing' and r.missing = s.record
),

listed as (
    select code, list_slice(list(id order by record), 1, 20) as sample_ids
    from named
    group by code
)

select
    row_number() over (order by t.position) as position,
    c.code,
    c.count,
    l.sample_ids,
    replace(
        replace(case when c.count = 1 then t.one else t.many end, '{count}', cast(c.count as varchar)),
        '{names}', array_to_string(l.sample_ids, ', ')
    ) as message
from counted as c
inner join listed as l on l.code = c.code
inner join warning_texts as t on t.code = c.code
order by position
