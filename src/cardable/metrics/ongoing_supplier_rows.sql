-- The suppliers with spend in the latest quarter and none in the quarter before.
select
    r.* exclude (position),
    row_number() over (order by r.position) as position
from latest_quarter.supplier_rows as r
left join latest_quarter.spenders as s on s.supplier = r.supplier
left join prior_quarter.activity as a on a.supplier = r.supplier
cross join ongoing_applies as o
where o.applies and s.supplier is not null and a.supplier is null
order by position
