-- The suppliers a report lists: of the period reviewed all with records, of the latest quarter the new ones, those
-- with spend in it and no activity in the quarter before.
with quarters as (
    select
        supplier,
        -- Payments are spend where nothing else came.
        sum(bills_count + expenses_count + spending_payments_count) filter (where period = 'latest quarter')
            as spends,
        sum(bills_count + expenses_count + payments_count) filter (where period = 'prior quarter')
            as activities_before
    from sums
    where supplier is not null
    group by supplier
)

select distinct period, supplier
from sums
where period = 'report' and supplier is not null
union all
select cast('latest quarter' as reviewed) as period, supplier
from quarters
where spends > 0 and coalesce(activities_before, 0) = 0
