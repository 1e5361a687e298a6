-- One row per expense; a contact that is no supplier leaves it unassigned.
select
    x.record,
    x.entity,
    k.supplier,
    x.issue_date,
    coalesce(nullif(upper(trim(x.currency)), ''), e.base_currency) as currency,
    case when x.currency_rate > 0 then x.currency_rate end as recorded_rate,
    x.total_amount
from stored_expenses as x
inner join entities as e on e.entity = x.entity
left join supplier_keys as k
    on k.source_instance = e.source_instance
    and k.supplier_id = x.supplier_id
    and lower(coalesce(x.contact_type, 'suppliers')) in ('suppliers', 'supplier')
where not coalesce(x.is_deleted, false)
