-- The records of the Bills tab and their amounts alone: to count and measure them whole rows need not be made.
select a.record, a.total_amount, a.amount_due, a.base_amount
from bill_amounts as a
inner join period as w on a.issue_date between w.start_date and w.end_date
where a.counts
