-- One row per expense or its refund and period it was made in.
select
    w.period,
    x.record,
    x.supplier,
    x.entity,
    x.issue_date,
    x.base_amount,
    x.is_outflow,
    x.erp_method,
    x.inferred_method
from expense_amounts as x
inner join periods as w on x.issue_date between w.start_date and w.end_date
where x.base_amount is not null
