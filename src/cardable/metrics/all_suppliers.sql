-- The suppliers a report lists: all with records in the period.
select distinct supplier
from sums
where supplier is not null
