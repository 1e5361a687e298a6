-- The Bills tab: the period's bills and those without a rate.
select
    a.record,
    b.id,
    b.supplier_id,
    d.supplier_name,
    b.reference,
    b.issue_date,
    b.due_date,
    coalesce(b.currency, e.base_currency) as currency,
    case when a.base_amount is not null then a.rate end as currency_rate,
    b.total_amount,
    a.amount_due,
    b.status,
    a.base_amount,
    b.note,
    e.entity_id as company_id,
    e.entity_name as company_name,
    coalesce(v.inferred_method, 'Unknown') as inferred_method,
    case
        when a.base_amount is null then 'No exchange rate: counts nowhere'
        when a.supplier is null then 'No supplier: counts in totals only, under Unknown'
        else v.verdict_reason
    end as why,
    d.supplier_key,
    a.base_due
from bill_amounts as a
inner join period as w on a.issue_date between w.start_date and w.end_date
inner join stored_bills as b on b.record = a.record
inner join entities as e on e.entity = a.entity
left join suppliers as d on d.supplier = a.supplier
left join supplier_rows as v on v.supplier = a.supplier
where a.counts
