-- The Expenses tab: the period's expenses and refunds and those without a rate.
select
    a.record,
    x.id,
    x.contact_name,
    x.supplier_id as contact_id,
    d.supplier_name,
    x.reference,
    coalesce(x.account_name, c.name) as account_name,
    x.issue_date,
    coalesce(x.currency, e.base_currency) as currency,
    case when a.base_amount is not null then a.rate end as currency_rate,
    x.total_amount,
    a.base_amount,
    m.erp_method as payment_method,
    m.inferred_method,
    why_method(m.why_rule, m.why_field, m.why_keyword, m.why_how) as why,
    x.note,
    e.entity_id as company_id,
    e.entity_name as company_name,
    coalesce(x.payment_method, n.name) as recorded_method,
    m.why_rule,
    m.why_field,
    m.why_keyword,
    d.supplier_key,
    coalesce(v.inferred_method, 'Unknown') as supplier_method,
    a.is_outflow
from expense_amounts as a
inner join period as w on a.issue_date between w.start_date and w.end_date
inner join stored_expenses as x on x.record = a.record
inner join transaction_methods as m on m.record = a.record
inner join entities as e on e.entity = a.entity
left join suppliers as d on d.supplier = a.supplier
left join supplier_rows as v on v.supplier = a.supplier
left join stored_accounts as c on c.entity = a.entity and c.id = x.account_id
left join stored_payment_methods as n on n.entity = a.entity and n.id = x.payment_method_id
