-- How each payment and expense was made, as recorded and as inferred, and which rule, field and word say so.
with read as (
    select
        m.*,
        n.method as note_method,
        n.keyword as note_keyword,
        n.is_override as note_is_override,
        r.method as reference_method,
        r.keyword as reference_keyword,
        r.is_override as reference_is_override
    from named_methods as m
    left join transactions as t
        on m.field_method is null and m.account_method is null and t.record = m.record
    left join free_readings as n on n.text = t.note
    left join free_readings as r on r.text = t.reference
)

select
    record,
    nullif(erp_method, 'Unknown') as erp_method,
    coalesce(field_method, account_method, note_method, reference_method, erp_method, 'Unknown')
        as inferred_method,
    case
        when field_method is not null then 1
        when account_method is not null then 2
        when note_method is not null or reference_method is not null then 3
        when erp_method is not null then 1
        else 4
    end as why_rule,
    case
        when field_method is not null then 'payment method'
        when account_method is not null then 'account name'
        when note_method is not null then 'note'
        when reference_method is not null then 'reference'
        when erp_method is not null then 'payment method'
    end as why_field,
    case
        when field_method is not null then field_keyword
        when account_method is not null then account_keyword
        when note_method is not null then note_keyword
        else reference_keyword
    end as why_keyword,
    case
        when is_typed then 'typed'
        when field_method is not null then case when field_is_override then 'override' else 'keyword' end
        when account_method is not null then case when account_is_override then 'override' else 'keyword' end
        when note_method is not null then case when note_is_override then 'override' else 'keyword' end
        when reference_method is not null then case when reference_is_override then 'override' else 'keyword' end
        when erp_method is not null then 'unmapped'
        else 'nothing'
    end as why_how
from read
