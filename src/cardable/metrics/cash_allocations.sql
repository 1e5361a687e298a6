-- K(b): the cash each bill was paid with, in base currency, and how many days after the bill.
select
    a.bill,
    b.issue_date,
    p.paid_on,
    greatest(date_diff('day', b.issue_date, p.paid_on), 0) as days,
    in_base(a.amount, b.rate, e.digits, b.group_rate, e.group_digits) as amount
from allocations as a
inner join bill_amounts as b on b.record = a.bill
inner join payment_amounts as p on p.record = a.payment
inner join entities as e on e.entity = b.entity
where b.counts
    and b.base_amount is not null
    and p.counts
    and p.is_outflow
    and p.base_amount is not null
