-- What each payment and expense says of how it was made.
select
    t.record,
    nullif(coalesce(t.payment_method_type, m.type), 'Unknown') as typed_method,
    coalesce(t.payment_method, m.name) as method_text,
    coalesce(t.account_name, a.name) as account_text,
    t.note,
    t.reference
from (
    select
        record, entity, payment_method_type, payment_method_id, payment_method, account_id, account_name, note,
        reference
    from stored_bill_payments
    union all
    select
        record, entity, payment_method_type, payment_method_id, payment_method, account_id, account_name, note,
        reference
    from stored_expenses
) as t
left join stored_payment_methods as m on m.entity = t.entity and m.id = t.payment_method_id
left join stored_accounts as a on a.entity = t.entity and a.id = t.account_id
