-- Each supplier's payments and expenses in the twelve months to the end of each period, whatever the period reviewed.
select
    w.period,
    o.supplier,
    count(*) as transactions_count,
    count(*) filter (where o.inferred_method = 'Credit Card') as card_transactions_count
from (
    select supplier, inferred_method, paid_on as day
    from payment_amounts
    where counts and is_outflow and base_amount is not null
    union all
    select supplier, inferred_method, issue_date
    from expense_amounts
    where is_outflow and base_amount is not null
) as o
inner join periods as w on o.day between w.year_start and w.end_date
where o.supplier is not null and w.period <> 'prior quarter'
group by w.period, o.supplier
