-- One row per bill payment or refund and period it was made in.
select
    w.period,
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
inner join periods as w on p.paid_on between w.start_date and w.end_date
where p.counts and p.base_amount is not null
