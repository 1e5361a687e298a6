-- One row per entity with data, largest spend first; zeros where none of its records count.
select
    e.entity_id as company_id,
    e.entity_name as company_name,
    coalesce(m.bills_amount, 0) as bills_amount,
    coalesce(m.expenses_amount, 0) as expenses_amount,
    coalesce(m.total_spend, 0) as total_spend,
    row_number() over (
        order by coalesce(m.total_spend, 0) desc, e.sort_name, e.entity_id
    ) as position
from entities as e
left join measures as m on m.period = 'report' and m.level = 'entity' and m.entity = e.entity
where e.has_data
order by position
