-- The names of the entities in which each supplier has records of a period.
select s.period, s.supplier, string_agg(e.entity_name, '; ' order by e.entity) as entities
from sums as s
inner join entities as e on e.entity = s.entity
where s.supplier is not null
group by s.period, s.supplier
