-- The records of the Bill Payments tab and their amounts alone.
select a.record, a.total_amount, a.base_amount
from payment_amounts as a
inner join period as w on a.paid_on between w.start_date and w.end_date
where a.counts
