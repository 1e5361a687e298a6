-- Every expense in base currency, and how it was paid.
with rated as (
    select
        x.*,
        case when r.record is null then 1 else r.rate end as rate,
        case when r.record is null then 1 else r.group_rate end as group_rate,
        e.digits,
        e.group_digits,
        m.erp_method,
        m.inferred_method
    from expenses as x
    inner join transaction_methods as m on m.record = x.record
    inner join entities as e on e.entity = x.entity
    left join found_rates as r on r.record = x.record
)

select
    record,
    entity,
    supplier,
    issue_date,
    total_amount > 0 as is_outflow,
    total_amount,
    rate,
    in_base(total_amount, rate, digits, group_rate, group_digits) as base_amount,
    erp_method,
    inferred_method
from rated
