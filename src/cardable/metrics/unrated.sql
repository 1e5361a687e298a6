-- Records of the period that would count, had they an exchange rate.
select 'bill' as kind, b.record, b.issue_date as day
from bill_amounts as b
where in_period(b.issue_date)
    and b.counts and b.base_amount is null
union all
select 'payment', p.record, p.paid_on
from payment_amounts as p
where in_period(p.paid_on)
    and p.counts and p.base_amount is null
union all
select 'expense', x.record, x.issue_date
from expense_amounts as x
where in_period(x.issue_date)
    and x.base_amount is null
