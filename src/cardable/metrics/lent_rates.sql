-- Rates lent between a bill and its payments in the same currency: the first recorded one, never a found one.
select b.record, arg_min(a.payment_rate, struct_pack(payment := a.payment, place := a.place)) as rate
from bills as b
inner join entities as e on e.entity = b.entity
inner join allocations as a on a.bill = b.record
where b.currency <> e.base_currency
    and b.recorded_rate is null
    and a.payment_rate is not null
    and a.same_currency
    and not a.is_void
group by b.record
union all
select p.record, arg_min(a.bill_rate, a.place) as rate
from payments as p
inner join entities as e on e.entity = p.entity
inner join allocations as a on a.payment = p.record
where p.currency <> e.base_currency
    and p.recorded_rate is null
    and a.bill_rate is not null
    and a.same_currency
group by p.record
