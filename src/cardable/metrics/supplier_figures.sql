-- One row per period and listed supplier, in the order of Supplier Analysis.
with judged as (
    select
        d.*,
        v.erp_method,
        v.inferred_method,
        v.biggest_spend_method,
        v.method_transactions_count,
        v.transactions_count,
        coalesce(y.card_transactions_count, 0) as card_transactions_count,
        coalesce(y.transactions_count, 0) as transactions_12_months_count,
        coalesce(i.imported_on, w.run_date) as imported_date,
        -- Equal stays; no threshold keeps even what is negative.
        t.threshold = 0 or m.total_spend * 12 >= t.threshold * w.months as shown,
        row_number() over (
            partition by m.period order by m.total_spend desc, d.sort_name, d.supplier_id, d.supplier_key
        ) as position,
        x.reason as exclusion,
        c.method is not null as is_cardable,
        h.category,
        n.entities,
        g.days as common_terms_days,
        m.* exclude (level, supplier, method, category, entity, suppliers_count)
    from measures as m
    inner join listed as l on l.period = m.period and l.supplier = m.supplier
    inner join suppliers as d on d.supplier = m.supplier
    inner join periods as w on w.period = m.period
    cross join settings as t
    inner join supplier_methods as v on v.period = m.period and v.supplier = m.supplier
    inner join methods as h on h.method = v.inferred_method
    left join last_year as y on y.period = m.period and y.supplier = m.supplier
    left join imported as i on i.supplier = m.supplier
    left join excluded_suppliers as x on x.supplier = m.supplier
    left join common_terms as g on g.period = m.period and g.supplier = m.supplier
    left join supplier_entities as n on n.period = m.period and n.supplier = m.supplier
    left join cardable_methods as c on c.method = v.inferred_method
    where m.level = 'supplier'
)

select
    period,
    supplier,
    supplier_key,
    supplier_id,
    source_instance,
    supplier_name,
    erp_method,
    inferred_method,
    biggest_spend_method,
    card_transactions_count > 0 as has_accepted_credit_card,
    imported_date,
    total_spend,
    bills_count,
    bills_outstanding_count,
    bills_amount,
    bills_outstanding_amount,
    bills_outstanding_share,
    bills_late_count,
    bills_late_amount,
    bills_late_share,
    latest_bill,
    payments_count,
    payments_amount,
    average_payment_amount,
    average_terms_days,
    common_terms_days,
    average_settlement_days,
    expenses_count,
    expenses_amount,
    latest_expense,
    contact_name,
    email,
    phone,
    tax_number,
    account_number,
    addresses,
    address_line1,
    address_line2,
    city,
    region,
    postal_code,
    country,
    status,
    entities,
    card_transactions_count,
    transactions_count,
    method_transactions_count,
    transactions_12_months_count,
    shown,
    position,
    sort_name,
    case
        when exclusion is not null then 'excluded'
        when is_cardable then 'cardable'
        when category = 'Card' then 'already on card'
        when category = 'Unknown' then 'unknown'
        else 'excluded'
    end as verdict,
    case
        when exclusion is not null then concat('On the exclusion list: ', exclusion)
        when transactions_count = 0 then 'No payment or expense in the period says how this supplier is paid'
        when inferred_method = 'Unknown'
            then concat('None of ', transactions_count, ' payments and expenses says how it was paid')
        when is_cardable or category <> 'Non-Card'
            then concat(
                'Most common method is ', inferred_method, ': ', method_transactions_count, ' of ',
                transactions_count, ' payments and expenses'
            )
        else concat(inferred_method, ' is not among the cardable methods of the settings')
    end as verdict_reason,
    method_transactions_count as verdict_transactions
from judged
order by period, position
