-- One row per supplier with records in the period reviewed, in the order of Supplier Analysis.
select * exclude (period)
from supplier_figures
where period = 'report'
order by position
