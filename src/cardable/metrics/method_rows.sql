-- The fixed rows of Spend Analysis for the period reviewed.
select * exclude (period)
from method_figures
where period = 'report'
order by position
