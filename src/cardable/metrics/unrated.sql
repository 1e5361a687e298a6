-- Records of the period that would count, had they an exchange rate.
select 'bill' as kind, b.record, b.issue_date as day
from bill_amounts as b
inner join period as w on b.issue_date between w.start_date and w.end_date
where b.counts and b.base_amount is null
union all
select 'payment', p.record, p.paid_on
from payment_amounts as p
inner join period as w on p.paid_on between w.start_date and w.end_date
where p.counts and p.base_amount is null
union all
select 'expense', x.record, x.issue_date
from expense_amounts as x
inner join period as w on x.issue_date between w.start_date and w.end_date
where x.base_amount is null
