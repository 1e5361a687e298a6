-- The rate table's answers: the latest rate on or before the day, at most seven days older.
select w.from_currency, w.to_currency, w.day, arg_max(x.rate, x.day) as rate
from rates_wanted as w
inner join exchange_rates as x
    on x.from_currency = w.from_currency
    and x.to_currency = w.to_currency
    and x.day <= w.day
    and x.day >= w.day - interval 7 day
group by w.from_currency, w.to_currency, w.day
