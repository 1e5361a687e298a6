-- Each supplier's most common methods: by count, then amount, then latest date, then the fixed order; Unknown
-- where it was not paid in the period. One row per period and supplier.
with erp as (
    select
        v.period,
        v.supplier,
        v.erp_method as method,
        row_number() over (
            partition by v.period, v.supplier
            order by sum(v.transactions) desc, sum(v.amount) desc, max(v.latest) desc, min(m.vote_order)
        ) as place
    from votes as v
    inner join methods as m on m.method = v.erp_method
    group by v.period, v.supplier, v.erp_method
),

inferred as (
    select
        v.period,
        v.supplier,
        v.inferred_method as method,
        sum(v.transactions) as transactions,
        -- Unknown does not vote while another method exists.
        row_number() over (
            partition by v.period, v.supplier
            order by
                v.inferred_method = 'Unknown',
                sum(v.transactions) desc, sum(v.amount) desc, max(v.latest) desc, min(m.vote_order)
        ) as place,
        row_number() over (
            partition by v.period, v.supplier
            order by
                v.inferred_method = 'Unknown',
                sum(v.amount) desc, sum(v.transactions) desc, max(v.latest) desc, min(m.vote_order)
        ) as place_by_spend,
        sum(sum(v.transactions)) over (partition by v.period, v.supplier) as all_transactions
    from votes as v
    inner join methods as m on m.method = v.inferred_method
    group by v.period, v.supplier, v.inferred_method
)

select
    s.period,
    s.supplier,
    coalesce(e.method, 'Unknown') as erp_method,
    coalesce(i.method, 'Unknown') as inferred_method,
    coalesce(b.method, 'Unknown') as biggest_spend_method,
    cast(coalesce(i.transactions, 0) as bigint) as method_transactions_count,
    cast(coalesce(i.all_transactions, 0) as bigint) as transactions_count
from (select distinct period, supplier from sums where supplier is not null) as s
left join erp as e on e.period = s.period and e.supplier = s.supplier and e.place = 1
left join inferred as i on i.period = s.period and i.supplier = s.supplier and i.place = 1
left join inferred as b on b.period = s.period and b.supplier = s.supplier and b.place_by_spend = 1
