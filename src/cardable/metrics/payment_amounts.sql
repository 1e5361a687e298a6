-- Every bill payment in base currency, with the supplier it inherits from its bill and how it was made.
with inherited as (
    select
        p.record,
        arg_min(b.supplier, struct_pack(line := a.line, place := a.place)) as supplier
    from payments as p
    inner join allocations as a on a.payment = p.record
    inner join bills as b on b.record = a.bill
    where p.supplier is null and b.supplier is not null
    group by p.record
),

rated as (
    select
        p.*,
        i.supplier as inherited_supplier,
        case when r.record is null then 1 else r.rate end as rate,
        case when r.record is null then 1 else r.group_rate end as group_rate,
        e.digits,
        e.group_digits,
        e.spends_by_payments,
        m.erp_method,
        m.inferred_method
    from payments as p
    inner join transaction_methods as m on m.record = p.record
    inner join entities as e on e.entity = p.entity
    left join found_rates as r on r.record = p.record
    left join inherited as i on i.record = p.record
)

select
    record,
    entity,
    coalesce(supplier, inherited_supplier) as supplier,
    inherited_supplier,
    paid_on,
    not is_void and total_amount <> 0 as counts,
    total_amount > 0 as is_outflow,
    is_derived,
    spends_by_payments,
    total_amount,
    rate,
    in_base(total_amount, rate, digits, group_rate, group_digits) as base_amount,
    erp_method,
    inferred_method
from rated
