-- How often, for how much and until when each supplier was paid by each pair of methods in a period.
select
    period,
    supplier,
    erp_method,
    inferred_method,
    count(*) as transactions,
    sum(base_amount) as amount,
    max(day) as latest
from (
    select period, supplier, erp_method, inferred_method, base_amount, paid_on as day
    from payment_facts
    where is_outflow
    union all
    select period, supplier, erp_method, inferred_method, base_amount, issue_date
    from expense_facts
    where is_outflow
) as outflows
where supplier is not null
group by period, supplier, erp_method, inferred_method
