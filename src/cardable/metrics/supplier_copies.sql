-- Every entity's copy of each supplier, in the order the files have them.
select
    s.record,
    e.source_instance,
    s.id as supplier_id,
    s.supplier_name,
    s.contact_name,
    s.email,
    s.phone,
    s.tax_number,
    s.account_number,
    s.addresses,
    s.status,
    coalesce(s.is_deleted, false) as is_deleted,
    coalesce(s.source_modified_at, s.modified_at) as modified_at,
    -- The address shown is the billing one, else the first.
    coalesce(list_filter(s.addresses, lambda a: a.type = 'Billing')[1], s.addresses[1]) as address
from stored_suppliers as s
inner join entities as e on e.entity = s.entity
