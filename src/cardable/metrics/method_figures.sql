-- The fixed rows of Spend Analysis, for each period: every method under its category, and overall.
select
    w.period,
    l.label,
    l.level,
    l.category,
    l.method,
    l.position,
    coalesce(m.suppliers_count, 0) as suppliers_count,
    ratio(coalesce(m.suppliers_count, 0), o.suppliers_count) as suppliers_share,
    ratio(coalesce(m.bills_count, 0), o.bills_count) as bills_count_share,
    ratio(coalesce(m.bills_amount, 0), o.bills_amount) as bills_amount_share,
    coalesce(m.total_spend, 0) as total_spend,
    coalesce(m.bills_count, 0) as bills_count,
    coalesce(m.bills_outstanding_count, 0) as bills_outstanding_count,
    coalesce(m.bills_amount, 0) as bills_amount,
    coalesce(m.bills_outstanding_amount, 0) as bills_outstanding_amount,
    m.bills_outstanding_share,
    coalesce(m.bills_late_count, 0) as bills_late_count,
    coalesce(m.bills_late_amount, 0) as bills_late_amount,
    m.bills_late_share,
    coalesce(m.payments_count, 0) as payments_count,
    coalesce(m.payments_amount, 0) as payments_amount,
    m.average_payment_amount,
    m.average_terms_days,
    m.average_settlement_days,
    ratio(coalesce(m.expenses_count, 0), o.expenses_count) as expenses_count_share,
    ratio(coalesce(m.expenses_amount, 0), o.expenses_amount) as expenses_amount_share,
    coalesce(m.expenses_count, 0) as expenses_count,
    coalesce(m.expenses_amount, 0) as expenses_amount
from periods as w
cross join method_lines as l
left join measures as m
    on m.period = w.period
    and m.level = l.level
    and (l.level = 'overall' or (l.level = 'category' and m.category = l.category) or m.method = l.method)
left join measures as o on o.period = w.period and o.level = 'overall'
order by w.period, l.position
