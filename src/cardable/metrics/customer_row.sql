-- The customer, the period and the totals, unassigned records included.
select
    t.company_id,
    t.company_name,
    t.registration_number,
    t.tax_number,
    t.phone,
    t.addresses,
    t.web_links,
    w.start_date,
    w.end_date,
    w.months as months_reviewed,
    t.threshold,
    coalesce(m.suppliers_count, 0) as suppliers_count,
    coalesce(m.bills_count, 0) as bills_count,
    coalesce(m.bills_amount, 0) as bills_amount,
    coalesce(m.payments_count, 0) as payments_count,
    coalesce(m.payments_amount, 0) as payments_amount,
    coalesce(m.expenses_count, 0) as expenses_count,
    coalesce(m.expenses_amount, 0) as expenses_amount,
    coalesce(m.total_spend, 0) as total_spend,
    t.base_currency,
    t.data_as_of,
    (select count(*) from unrated) as records_excluded,
    t.spend_basis
from settings as t
inner join periods as w on w.period = 'report'
left join measures as m on m.period = 'report' and m.level = 'overall'
