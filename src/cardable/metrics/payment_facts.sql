-- One row per bill payment or refund of the period.
select
    p.record,
    p.supplier,
    p.entity,
    p.paid_on,
    p.base_amount,
    p.is_outflow,
    p.is_derived,
    p.erp_method,
    p.inferred_method,
    case when p.spends_by_payments then p.base_amount else 0 end as spend_amount
from payment_amounts as p
where in_period(p.paid_on)
    and p.counts and p.base_amount is not null
