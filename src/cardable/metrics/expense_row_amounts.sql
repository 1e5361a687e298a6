-- The records of the Expenses tab and their amounts alone.
select a.record, a.total_amount, a.base_amount
from expense_amounts as a
where in_period(a.issue_date)
