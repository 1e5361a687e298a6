-- The distinct payment-method fields and account names.
select distinct 'field' as kind, method_text as text
from transactions
where method_text is not null and typed_method is null
union all
select distinct 'account' as kind, account_text as text
from transactions
where account_text is not null and typed_method is null
