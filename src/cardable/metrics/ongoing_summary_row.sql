-- The new suppliers of the latest quarter, and whether their bills are settled slower than all were before.
with new_suppliers as (
    select
        count(*) as suppliers_count,
        coalesce(sum(bills_count), 0) as bills_count,
        coalesce(sum(bills_amount), 0) as bills_amount,
        coalesce(sum(payments_count), 0) as payments_count,
        coalesce(sum(payments_amount), 0) as payments_amount,
        coalesce(sum(expenses_count), 0) as expenses_count,
        coalesce(sum(expenses_amount), 0) as expenses_amount
    from ongoing_supplier_rows
),

settled as (
    select sum(b.settled_days_amount) as days_amount, sum(b.settled_amount) as amount
    from bill_facts as b
    inner join ongoing_supplier_rows as s on s.supplier = b.supplier
    where b.period = 'latest quarter'
)

select
    w.start_date,
    w.end_date,
    3 as months_reviewed,
    w.run_date,
    cast(n.suppliers_count as bigint) as new_suppliers_count,
    cast(n.bills_count as bigint) as bills_count,
    cast(n.bills_amount as decimal(38, 4)) as bills_amount,
    cast(n.payments_count as bigint) as payments_count,
    cast(n.payments_amount as decimal(38, 4)) as payments_amount,
    cast(n.expenses_count as bigint) as expenses_count,
    cast(n.expenses_amount as decimal(38, 4)) as expenses_amount,
    ratio(s.days_amount, s.amount) as average_settlement_days,
    p.average_settlement_days as prior_average_settlement_days,
    ratio(s.days_amount, s.amount) - p.average_settlement_days as settlement_days_change,
    q.start_date as prior_start_date,
    q.end_date as prior_end_date,
    p.bills_amount as prior_bills_amount,
    m.bills_amount as all_bills_amount
from periods as w
inner join periods as q on q.period = 'prior quarter'
cross join new_suppliers as n
cross join settled as s
inner join method_figures as m on m.period = w.period and m.level = 'overall'
inner join method_figures as p on p.period = q.period and p.level = 'overall'
where w.period = 'latest quarter'
