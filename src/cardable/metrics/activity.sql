-- Suppliers with any bill, payment or expense in the period; refunds alone are none.
select distinct supplier
from (
    select supplier from bill_facts
    union all
    select supplier from expense_facts where is_outflow
    union all
    select supplier from payment_facts where is_outflow
) as active
where supplier is not null
