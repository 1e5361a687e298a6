-- Every expense in base currency, and how it was paid.
with rated as (
    select
        x.*,
        case
            when x.currency = e.base_currency then 1
            else coalesce(x.recorded_rate, t.rate)
        end as rate,
        case when e.base_currency = e.group_currency then 1 else g.rate end as group_rate,
        e.digits,
        e.group_digits
    from expenses as x
    inner join entities as e on e.entity = x.entity
    left join table_rates as t
        on t.from_currency = x.currency and t.to_currency = e.base_currency and t.day = x.issue_date
    left join table_rates as g
        on g.from_currency = e.base_currency and g.to_currency = e.group_currency and g.day = x.issue_date
)

select
    r.record,
    r.entity,
    r.supplier,
    r.issue_date,
    r.total_amount > 0 as is_outflow,
    cast(r.rate as decimal(18, 9)) as rate,
    in_base(r.total_amount, r.rate, r.digits, r.group_rate, r.group_digits) as base_amount,
    m.erp_method,
    m.inferred_method
from rated as r
inner join transaction_methods as m on m.record = r.record
