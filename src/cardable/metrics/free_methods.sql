-- What notes, and then references, say of the undecided transactions: rule 3.
select
    u.record,
    coalesce(n.method, r.method) as method,
    cast(case when n.method is not null then 'note' else 'reference' end as method_field) as field,
    case when n.method is not null then n.keyword else r.keyword end as keyword,
    case when n.method is not null then n.is_override else r.is_override end as is_override
from undecided as u
left join free_readings as n on n.text = u.note
left join free_readings as r on r.text = u.reference
where n.method is not null or r.method is not null
