-- Every measure of each period at every level: supplier, payment method, category, entity and overall.
with methodical as (
    select
        s.*,
        m.method,
        m.category,
        -- A supplier of several entities is counted once above them.
        case when s.entity = min(s.entity) over (partition by s.period, s.supplier) then 1 else 0 end as is_first
    from sums as s
    left join supplier_methods as v on v.period = s.period and v.supplier = s.supplier
    -- What has no supplier, and a supplier nobody paid, are Unknown.
    inner join methods as m on m.method = coalesce(v.inferred_method, 'Unknown')
),

added as (
    select
        period,
        case
            when grouping(supplier) = 0 then 'supplier'
            when grouping(method) = 0 then 'method'
            when grouping(category) = 0 then 'category'
            when grouping(entity) = 0 then 'entity'
            else 'overall'
        end as level,
        supplier,
        method,
        category,
        entity,
        case
            when grouping(entity) = 0 then count(supplier)
            else sum(is_first) filter (where supplier is not null)
        end as suppliers_count,
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
        sum(expenses_count) as expenses_count,
        sum(expenses_amount) as expenses_amount,
        max(latest_expense) as latest_expense
    from methodical
    group by grouping sets (
        (period, supplier), (period, method), (period, category), (period, entity), (period)
    )
)

select
    period,
    level,
    supplier,
    method,
    category,
    entity,
    cast(coalesce(suppliers_count, 0) as bigint) as suppliers_count,
    cast(
        coalesce(bills_amount, 0) + coalesce(expenses_amount, 0) + coalesce(spent_by_payments, 0)
        as decimal(38, 4)
    ) as total_spend,
    cast(coalesce(bills_count, 0) as bigint) as bills_count,
    cast(coalesce(bills_outstanding_count, 0) as bigint) as bills_outstanding_count,
    cast(coalesce(bills_amount, 0) as decimal(38, 4)) as bills_amount,
    cast(coalesce(bills_outstanding_amount, 0) as decimal(38, 4)) as bills_outstanding_amount,
    ratio(bills_outstanding_amount, bills_amount) as bills_outstanding_share,
    cast(coalesce(bills_late_count, 0) as bigint) as bills_late_count,
    cast(coalesce(bills_late_amount, 0) as decimal(38, 4)) as bills_late_amount,
    ratio(coalesce(bills_late_amount, 0), bills_amount) as bills_late_share,
    latest_bill,
    cast(coalesce(payments_count, 0) as bigint) as payments_count,
    cast(coalesce(payments_amount, 0) as decimal(38, 4)) as payments_amount,
    ratio(payments_amount, payments_count) as average_payment_amount,
    ratio(terms_days_amount, terms_amount) as average_terms_days,
    ratio(settled_days_amount, settled_amount) as average_settlement_days,
    cast(coalesce(expenses_count, 0) as bigint) as expenses_count,
    cast(coalesce(expenses_amount, 0) as decimal(38, 4)) as expenses_amount,
    latest_expense
from added
