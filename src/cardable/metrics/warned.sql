-- Every record or supplier that deserves a look, once per kind of warning.
select 'NO_RATE' as code, kind, record from unrated
union all
select 'NO_DUE_DATE', 'bill', record from bill_facts where period = 'report' and due_date is null
union all
select 'DUE_BEFORE_ISSUE', 'bill', record from bill_facts where period = 'report' and due_date < issue_date
union all
select 'UNASSIGNED', 'bill', record from bill_facts where period = 'report' and supplier is null
union all
select 'UNASSIGNED', 'payment', record from payment_facts where period = 'report' and supplier is null
union all
select 'UNASSIGNED', 'expense', record from expense_facts where period = 'report' and supplier is null
union all
select 'NEGATIVE_BILL', 'bill', b.record
from bill_amounts as b
where in_period(b.issue_date)
    and b.is_negative
union all
select 'POSSIBLE_DUPLICATE', 'supplier', s.supplier
from supplier_rows as r
inner join suppliers as s on s.supplier = r.supplier
inner join (
    select d.plain_name
    from supplier_rows as a
    inner join suppliers as d on d.supplier = a.supplier
    where d.plain_name <> ''
    group by d.plain_name
    having count(*) > 1
) as twins on twins.plain_name = s.plain_name
union all
select 'DERIVED_PAYMENT', 'payment', record from payment_facts where period = 'report' and is_derived
union all
select 'OPTIONAL_DATA_MISSING', 'missing', missing from missing_data
union all
select 'SPEND_FROM_PAYMENTS', 'entity', entity from entities where spends_by_payments
