-- The transactions whose payment-method field and account name decide nothing.
select t.record, t.note, t.reference
from transactions as t
left join named_readings as f on f.kind = 'field' and f.text = t.method_text
left join named_readings as a on a.kind = 'account' and a.text = t.account_text
where t.typed_method is null
    and f.method is null
    and a.method is null
    and (t.note is not null or t.reference is not null)
