-- The new suppliers' rows, as Supplier Analysis has them.
select *
from latest_quarter.supplier_rows
order by position
