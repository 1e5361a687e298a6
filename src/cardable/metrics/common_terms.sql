-- Each supplier's most frequent terms in a period; ties go to the larger amount, then to the fewer days.
select period, supplier, terms_days as days
from (
    select
        period,
        supplier,
        terms_days,
        row_number() over (
            partition by period, supplier order by count(*) desc, sum(base_amount) desc, terms_days
        ) as place
    from bill_facts
    where supplier is not null and terms_days is not null and period <> 'prior quarter'
    group by period, supplier, terms_days
) as terms
where place = 1
