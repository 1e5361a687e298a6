-- What the payment-method field and the account name decide: rules 1 and 2.
select
    t.record,
    t.typed_method is not null as is_typed,
    coalesce(y.method, f.method) as field_method,
    coalesce(y.method, f.method, case when f.kind is not null then 'Other' end) as erp_method,
    f.keyword as field_keyword,
    a.method as account_method,
    a.keyword as account_keyword,
    coalesce(f.is_override, false) as field_is_override,
    coalesce(a.is_override, false) as account_is_override
from transactions as t
left join typed_methods as y on y.typed = t.typed_method
left join named_readings as f on t.typed_method is null and f.kind = 'field' and f.text = t.method_text
left join named_readings as a on t.typed_method is null and a.kind = 'account' and a.text = t.account_text
