-- The largest suppliers not yet paid by credit card, exclusions apart.
select
    position,
    supplier_key,
    supplier_id,
    supplier_name,
    annual_spend,
    settlement_terms_days,
    current_method
from (
    select
        row_number() over (order by s.position) as position,
        s.supplier_key,
        s.supplier_id,
        s.supplier_name,
        ratio(s.total_spend * 12, w.months) as annual_spend,
        s.common_terms_days as settlement_terms_days,
        s.inferred_method as current_method
    from supplier_rows as s
    inner join periods as w on w.period = 'report'
    left join excluded_suppliers as x on x.supplier = s.supplier
    where s.inferred_method <> 'Credit Card' and s.total_spend > 0 and x.supplier is null
) as ranked
cross join (select top_suppliers from settings) as t
where ranked.position <= t.top_suppliers
order by position
