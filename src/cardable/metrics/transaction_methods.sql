-- How each payment and expense was made, as recorded and as inferred, and which rule, field and word say so.
with read as (
    select
        t.record,
        t.typed_method is not null as is_typed,
        coalesce(y.method, f.method) as field_method,
        -- A field that is filled but maps to nothing is Other.
        case when f.kind is not null and f.method is null then cast('Other' as method) end as unmapped_method,
        f.keyword as field_keyword,
        f.is_override as field_is_override,
        case when t.typed_method is null then a.method end as account_method,
        a.keyword as account_keyword,
        a.is_override as account_is_override,
        n.method as free_method,
        n.field as free_field,
        n.keyword as free_keyword,
        n.is_override as free_is_override
    from transactions as t
    left join typed_methods as y on y.typed = t.typed_method
    left join named_readings as f on f.kind = 'field' and f.text = t.method_text and t.typed_method is null
    left join named_readings as a on a.kind = 'account' and a.text = t.account_text
    left join free_methods as n on n.record = t.record
)

select
    record,
    nullif(coalesce(field_method, unmapped_method), cast('Unknown' as method)) as erp_method,
    coalesce(field_method, account_method, free_method, unmapped_method, cast('Unknown' as method))
        as inferred_method,
    cast(
        case
            when field_method is not null then 1
            when account_method is not null then 2
            when free_method is not null then 3
            when unmapped_method is not null then 1
            else 4
        end as tinyint
    ) as why_rule,
    case
        when field_method is not null then cast('payment method' as method_field)
        when account_method is not null then cast('account name' as method_field)
        when free_method is not null then free_field
        when unmapped_method is not null then cast('payment method' as method_field)
    end as why_field,
    case
        when field_method is not null then field_keyword
        when account_method is not null then account_keyword
        else free_keyword
    end as why_keyword,
    cast(
        case
            when is_typed then 'typed'
            when field_method is not null then case when field_is_override then 'override' else 'keyword' end
            when account_method is not null then case when account_is_override then 'override' else 'keyword' end
            when free_method is not null then case when free_is_override then 'override' else 'keyword' end
            when unmapped_method is not null then 'unmapped'
            else 'nothing'
        end as method_rule
    ) as why_how
from read
