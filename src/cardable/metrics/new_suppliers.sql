-- The suppliers Ongoing Insights lists: those with spend in this quarter and no activity in the quarter before.
select s.supplier
from (
    select supplier from bill_facts
    union
    select supplier from expense_facts where is_outflow
    union
    -- Payments are spend where nothing else came.
    select supplier from payment_facts where is_outflow and spend_amount <> 0
) as s
left join prior_quarter.activity as a on a.supplier = s.supplier
cross join ongoing_applies as o
where s.supplier is not null and a.supplier is null and o.applies
