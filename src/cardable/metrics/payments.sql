-- One row per bill payment: who was paid as recorded, in what currency, and whether it stands.
select
    p.record,
    p.entity,
    k.supplier,
    p.date as paid_on,
    coalesce(nullif(upper(trim(p.currency)), ''), e.base_currency) as currency,
    case when p.currency_rate > 0 then p.currency_rate end as recorded_rate,
    p.total_amount,
    coalesce(p.status, 'Active') = 'Void' as is_void,
    coalesce(p.is_derived, false) as is_derived
from stored_bill_payments as p
inner join entities as e on e.entity = p.entity
left join supplier_keys as k on k.source_instance = e.source_instance and k.supplier_id = p.supplier_id
where not coalesce(p.is_deleted, false)
