-- What adds up, per period, supplier and entity; every level of the reports is a sum of these.
select
    period,
    supplier,
    entity,
    sum(bills_count) as bills_count,
    sum(bills_amount) as bills_amount,
    sum(bills_outstanding_count) as bills_outstanding_count,
    sum(bills_outstanding_amount) as bills_outstanding_amount,
    sum(bills_late_count) as bills_late_count,
    sum(bills_late_amount) as bills_late_amount,
    max(latest_bill) as latest_bill,
    sum(terms_amount) as terms_amount,
    sum(terms_days_amount) as terms_days_amount,
    sum(settled_amount) as settled_amount,
    sum(settled_days_amount) as settled_days_amount,
    sum(payments_count) as payments_count,
    sum(payments_amount) as payments_amount,
    sum(spent_by_payments) as spent_by_payments,
    sum(spending_payments_count) as spending_payments_count,
    sum(expenses_count) as expenses_count,
    sum(expenses_amount) as expenses_amount,
    max(latest_expense) as latest_expense
from (
    select
        period,
        supplier,
        entity,
        count(*) as bills_count,
        sum(base_amount) as bills_amount,
        count(*) filter (where base_due > 0) as bills_outstanding_count,
        sum(base_due) as bills_outstanding_amount,
        count(*) filter (where is_late) as bills_late_count,
        sum(base_amount) filter (where is_late) as bills_late_amount,
        max(issue_date) as latest_bill,
        -- Larger bills weigh more; a bill without a due date has no terms.
        sum(base_amount) filter (where terms_days is not null) as terms_amount,
        sum(base_amount * terms_days) as terms_days_amount,
        sum(settled_amount) as settled_amount,
        sum(settled_days_amount) as settled_days_amount,
        0 as payments_count,
        0 as payments_amount,
        0 as spent_by_payments,
        0 as spending_payments_count,
        0 as expenses_count,
        0 as expenses_amount,
        cast(null as date) as latest_expense
    from bill_facts
    group by period, supplier, entity
    union all
    select
        period, supplier, entity, 0, 0, 0, 0, 0, 0, null, 0, 0, 0, 0,
        -- Refunds lower the amount, never the count.
        count(*) filter (where is_outflow),
        sum(base_amount),
        sum(spend_amount),
        count(*) filter (where is_outflow and spend_amount <> 0),
        0, 0, null
    from payment_facts
    group by period, supplier, entity
    union all
    select
        period, supplier, entity, 0, 0, 0, 0, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0,
        count(*) filter (where is_outflow),
        sum(base_amount),
        max(issue_date) filter (where is_outflow)
    from expense_facts
    group by period, supplier, entity
) as parts
group by period, supplier, entity
