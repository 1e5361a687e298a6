-- The pairs of currencies and days for which only the rate table can help.
select distinct r.currency as from_currency, e.base_currency as to_currency, r.day
from (
    select entity, currency, issue_date as day, recorded_rate from bills
    union all
    select entity, currency, paid_on, recorded_rate from payments
    union all
    select entity, currency, issue_date, recorded_rate from expenses
) as r
inner join entities as e on e.entity = r.entity
where r.currency <> e.base_currency and r.recorded_rate is null
union
select distinct e.base_currency, e.group_currency, r.day
from (
    select entity, issue_date as day from bills
    union all
    select entity, paid_on from payments
    union all
    select entity, issue_date from expenses
) as r
inner join entities as e on e.entity = r.entity
where e.base_currency <> e.group_currency
