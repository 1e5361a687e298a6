-- One row per bill: whose it is, in what currency, and whether it is a bill at all.
select
    b.record,
    b.entity,
    b.id as bill_id,
    k.supplier,
    b.issue_date,
    b.due_date,
    coalesce(nullif(upper(trim(b.currency)), ''), e.base_currency) as currency,
    case when b.currency_rate > 0 then b.currency_rate end as recorded_rate,
    b.total_amount,
    b.amount_due,
    b.status = 'Paid' as is_paid,
    coalesce(b.status, 'Unknown') not in ('Void', 'Draft') as is_issued
from stored_bills as b
inner join entities as e on e.entity = b.entity
left join supplier_keys as k on k.source_instance = e.source_instance and k.supplier_id = b.supplier_id
where not coalesce(b.is_deleted, false)
