-- Every bill payment in base currency, with the supplier it inherits from its bill and how it was made.
with inherited as (
    select p.record, arg_min(a.bill_supplier, a.place) as supplier
    from payments as p
    inner join allocations as a on a.payment = p.record
    where p.supplier is null and a.bill_supplier is not null
    group by p.record
),

rated as (
    select
        p.*,
        i.supplier as inherited_supplier,
        case
            when p.currency = e.base_currency then 1
            else coalesce(p.recorded_rate, l.rate, t.rate)
        end as rate,
        case when e.base_currency = e.group_currency then 1 else g.rate end as group_rate,
        e.digits,
        e.group_digits,
        e.spends_by_payments
    from payments as p
    inner join entities as e on e.entity = p.entity
    left join inherited as i on i.record = p.record
    left join lent_rates as l on l.record = p.record
    left join table_rates as t
        on t.from_currency = p.currency and t.to_currency = e.base_currency and t.day = p.paid_on
    left join table_rates as g
        on g.from_currency = e.base_currency and g.to_currency = e.group_currency and g.day = p.paid_on
)

select
    r.record,
    r.entity,
    coalesce(r.supplier, r.inherited_supplier) as supplier,
    r.inherited_supplier,
    r.paid_on,
    not r.is_void and r.total_amount <> 0 as counts,
    r.total_amount > 0 as is_outflow,
    r.is_derived,
    r.spends_by_payments,
    cast(r.rate as decimal(18, 9)) as rate,
    in_base(r.total_amount, r.rate, r.digits, r.group_rate, r.group_digits) as base_amount,
    m.erp_method,
    m.inferred_method
from rated as r
inner join transaction_methods as m on m.record = r.record
