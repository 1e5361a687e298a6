-- Suppliers with spend in the period: any bill, or an expense above zero (a payment, where only these came).
select distinct supplier
from (
    select supplier from bill_facts
    union all
    select supplier from expense_facts where is_outflow
    union all
    select supplier from payment_facts where is_outflow and spend_amount <> 0
) as spent
where supplier is not null
