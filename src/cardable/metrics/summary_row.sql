-- What moving the cardable suppliers to card would bring in a year.
with cardable as (
    select
        count(*) as suppliers_count,
        coalesce(sum(greatest(total_spend, 0)), 0) * 12 as spend_times_months,
        coalesce(sum(payments_count + expenses_count), 0) * 12 as payments_times_months
    from supplier_rows
    where verdict = 'cardable'
),

-- Scaled by months until the last division, so that nothing is rounded twice.
cashback as (
    select
        coalesce(
            sum(greatest(least(c.spend_times_months, r.up_to * w.months) - r.above * w.months, 0) * r.rate), 0
        ) as value_times_months
    from cashback_tiers as r
    cross join cardable as c
    inner join periods as w on w.period = 'report'
),

benefits as (
    select
        c.suppliers_count,
        ratio(c.spend_times_months, w.months) as spend,
        ratio(c.payments_times_months, w.months) as payments,
        to_minor_unit(fine_ratio(b.value_times_months, w.months), t.digits) as cashback_value,
        fine_ratio(c.payments_times_months * t.minutes_per_payment, w.months * 60) as hours,
        to_minor_unit(
            fine_ratio(c.payments_times_months * t.minutes_per_payment * t.hourly_rate, w.months * 60), t.digits
        ) as hours_value
    from cardable as c
    cross join cashback as b
    inner join periods as w on w.period = 'report'
    cross join settings as t
)

select
    suppliers_count as cardable_suppliers_count,
    spend as cardable_spend,
    payments as cardable_payments,
    cashback_value,
    hours as time_saved_hours,
    hours_value as time_saved_value,
    cashback_value + hours_value as annual_card_benefits
from benefits
