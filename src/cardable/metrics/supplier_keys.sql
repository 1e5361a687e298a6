-- The supplier behind each ID of a source instance: one per ID, or one per tax number and country.
with copies as (
    select
        source_instance,
        supplier_id,
        record,
        upper(trim(tax_number)) as tax_number,
        upper(trim(address.country)) as country,
        row_number() over (
            partition by source_instance, supplier_id
            order by is_deleted, modified_at desc nulls last, record
        ) as place,
        min(record) over (partition by source_instance, supplier_id) as first_record
    from supplier_copies
)

select
    c.source_instance,
    c.supplier_id,
    c.record,
    min(c.first_record) over (
        partition by
            case
                when s.merge_by_tax_number and c.tax_number <> '' and c.country <> ''
                    then concat('tax ', c.tax_number, ' in ', c.country)
                else concat('record ', c.first_record)
            end
    ) as supplier
from copies as c
cross join settings as s
where c.place = 1
