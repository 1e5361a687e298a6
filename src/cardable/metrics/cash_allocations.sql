-- K(b): the cash each bill was paid with, in base currency, and how many days after the bill.
select
    a.bill,
    b.issue_date,
    a.paid_on,
    greatest(date_diff('day', b.issue_date, a.paid_on), 0) as days,
    in_base(a.amount, b.rate, e.digits, b.group_rate, e.group_digits) as amount
from allocations as a
inner join bill_amounts as b on b.record = a.bill
inner join entities as e on e.entity = b.entity
-- A payment without a rate is excluded here too.
left join (select record from payment_amounts where base_amount is null) as u on u.record = a.payment
where a.is_outflow
    and not a.is_void
    and b.counts
    and b.base_amount is not null
    and u.record is null
