-- Each supplier's payments and expenses in the twelve months to the end, whatever the period reviewed.
select
    supplier,
    count(*) as transactions_count,
    count(*) filter (where inferred_method = 'Credit Card') as card_transactions_count
from (
    select supplier, inferred_method, paid_on as day
    from payment_amounts
    where counts and is_outflow and base_amount is not null
    union all
    select supplier, inferred_method, issue_date
    from expense_amounts
    where is_outflow and base_amount is not null
) as outflows
where in_year_to_period_end(day) and supplier is not null
group by supplier
