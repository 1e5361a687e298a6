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
    select s.code, s.record, coalesce(b.id, p.id, x.id, u.id, e.entity_id, m.name) as id
    from samples as s
    left join stored_bills as b on s.kind = 'bill' and b.record = s.record
    left join stored_bill_payments as p on s.kind = 'payment' and p.record = s.record
    left join stored_expenses as x on s.kind = 'expense' and x.record = s.record
    left join stored_suppliers as u on s.kind = 'supplier' and u.record = s.record
    left join entities as e on s.kind = 'entity' and e.entity = s.record
    left join missing_data as m on s.kind = 'missing' and m.missing = s.record
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
