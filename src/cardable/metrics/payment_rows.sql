-- The Bill Payments tab: the period's payments and refunds and those without a rate.
select
    a.record,
    p.id,
    case when a.inherited_supplier is not null then d.supplier_id else p.supplier_id end as supplier_id,
    d.supplier_name,
    p.date,
    coalesce(p.currency, e.base_currency) as currency,
    case when a.base_amount is not null then a.rate end as currency_rate,
    p.total_amount,
    a.base_amount,
    m.erp_method as payment_method,
    coalesce(p.account_name, c.name) as account_name,
    p.reference,
    m.inferred_method,
    why_method(m.why_rule, m.why_field, m.why_keyword, m.why_how) as why,
    p.note,
    e.entity_id as company_id,
    e.entity_name as company_name,
    coalesce(p.payment_method, n.name) as recorded_method,
    m.why_rule,
    m.why_field,
    m.why_keyword,
    d.supplier_key,
    coalesce(v.inferred_method, 'Unknown') as supplier_method,
    a.is_outflow,
    a.is_derived,
    case when a.spends_by_payments then a.base_amount else 0 end as spend_amount
from payment_amounts as a
inner join period as w on a.paid_on between w.start_date and w.end_date
inner join stored_bill_payments as p on p.record = a.record
inner join transaction_methods as m on m.record = a.record
inner join entities as e on e.entity = a.entity
left join suppliers as d on d.supplier = a.supplier
left join supplier_rows as v on v.supplier = a.supplier
left join stored_accounts as c on c.entity = a.entity and c.id = p.account_id
left join stored_payment_methods as n on n.entity = a.entity and n.id = p.payment_method_id
where a.counts
