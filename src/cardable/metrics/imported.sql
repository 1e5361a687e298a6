-- The day each supplier first appeared in this company's Spend Analysis, where an earlier report had it.
select k.supplier, min(i.imported_on) as imported_on
from supplier_keys as k
inner join imported_dates as i
    on i.supplier_id = k.supplier_id
    and (i.source_instance = k.source_instance or i.source_instance is null)
group by k.supplier
