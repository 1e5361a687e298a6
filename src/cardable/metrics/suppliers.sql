-- One row per supplier, with the details of its most recently modified copy.
with copies as (
    select
        k.supplier,
        c.*,
        row_number() over (
            partition by k.supplier order by c.is_deleted, c.modified_at desc nulls last, c.record
        ) as place
    from supplier_keys as k
    inner join supplier_copies as c on c.record = k.record
),

-- The key stays what it was when a later copy brings other details.
firsts as (select record, source_instance, supplier_id from supplier_copies)

select
    c.supplier,
    concat(f.source_instance, '|', f.supplier_id) as supplier_key,
    c.supplier_id,
    c.source_instance,
    c.supplier_name,
    coalesce(n.cased, lower(coalesce(c.supplier_name, ''))) as sort_name,
    coalesce(n.normalised, trim(regexp_replace(lower(c.supplier_name), '[^a-z0-9]+', ' ', 'g'))) as plain_name,
    c.contact_name,
    c.email,
    c.phone,
    c.tax_number,
    c.account_number,
    c.addresses,
    c.address.line1 as address_line1,
    c.address.line2 as address_line2,
    c.address.city as city,
    c.address.region as region,
    c.address.postal_code as postal_code,
    c.address.country as country,
    c.status
from copies as c
inner join firsts as f on f.record = c.supplier
left join normalised_names as n on n.text = c.supplier_name
where c.place = 1
