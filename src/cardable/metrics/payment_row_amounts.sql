-- The records of the Bill Payments tab and their amounts alone.
select a.record, a.total_amount, a.base_amount
from payment_amounts as a
where in_period(a.paid_on)
    and a.counts
