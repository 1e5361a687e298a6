-- The records of the Expenses tab and their amounts alone.
select a.record, a.total_amount, a.base_amount
from expense_amounts as a
inner join period as w on a.issue_date between w.start_date and w.end_date
