-- The new suppliers' rows, as Supplier Analysis has them.
select * exclude (period)
from supplier_figures
where period = 'latest quarter'
order by position
