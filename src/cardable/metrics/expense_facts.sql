-- One row per expense or its refund of the period.
select
    x.record,
    x.supplier,
    x.entity,
    x.issue_date,
    x.base_amount,
    x.is_outflow,
    x.erp_method,
    x.inferred_method
from expense_amounts as x
where in_period(x.issue_date)
    and x.base_amount is not null
