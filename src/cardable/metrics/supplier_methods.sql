-- Each supplier's most common methods: by count, then amount, then latest date, then the fixed order.
with erp as (
    select
        v.supplier,
        v.erp_method as method,
        row_number() over (
            partition by v.supplier
            order by sum(v.transactions) desc, sum(v.amount) desc, max(v.latest) desc, min(m.vote_order)
        ) as place
    from votes as v
    inner join methods as m on m.method = v.erp_method
    group by v.supplier, v.erp_method
),

inferred as (
    select
        v.supplier,
        v.inferred_method as method,
        sum(v.transactions) as transactions,
        -- Unknown does not vote while another method exists.
        row_number() over (
            partition by v.supplier
            order by
                v.inferred_method = 'Unknown',
                sum(v.transactions) desc, sum(v.amount) desc, max(v.latest) desc, min(m.vote_order)
        ) as place,
        row_number() over (
            partition by v.supplier
            order by
                v.inferred_method = 'Unknown',
                sum(v.amount) desc, sum(v.transactions) desc, max(v.latest) desc, min(m.vote_order)
        ) as place_by_spend,
        sum(sum(v.transactions)) over (partition by v.supplier) as all_transactions
    from votes as v
    inner join methods as m on m.method = v.inferred_method
    group by v.supplier, v.inferred_method
)

select
    i.supplier,
    coalesce(max(e.method), 'Unknown') as erp_method,
    max(case when i.place = 1 then i.method end) as inferred_method,
    max(case when i.place_by_spend = 1 then i.method end) as biggest_spend_method,
    cast(max(case when i.place = 1 then i.transactions end) as bigint) as method_transactions_count,
    cast(max(i.all_transactions) as bigint) as transactions_count
from inferred as i
left join erp as e on e.supplier = i.supplier and e.place = 1
group by i.supplier
