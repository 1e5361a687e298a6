-- The arithmetic every step shares: exact decimals, rounded once, half away from zero; null beyond all reason.

-- What may decide a payment method, and how; each is kept as a number.
create type method_field as enum ('account name', 'note', 'payment method', 'reference');
create type method_rule as enum ('typed', 'override', 'keyword', 'unmapped', 'nothing');

-- The periods whose figures are worked out: the one reviewed, and the quarters compared.
create type reviewed as enum ('report', 'latest quarter', 'prior quarter');

-- An amount to the minor unit of a currency with so many digits.
create macro to_minor_unit(amount, digits) as
    case digits
        when 2 then cast(round(amount, 2) as decimal(38, 4))
        when 0 then cast(round(amount, 0) as decimal(38, 4))
        when 3 then cast(round(amount, 3) as decimal(38, 4))
        else cast(round(amount, 4) as decimal(38, 4))
    end;

-- An amount in base currency: by the record's rate, then, in a group with another currency, by the group's.
create macro in_base(amount, rate, digits, group_rate, group_digits) as
    case
        -- Most records are in base currency, and short decimals are several times faster.
        when rate = 1 and group_rate = 1 then to_minor_unit(cast(amount as decimal(18, 4)), digits)
        -- The bound keeps the exact product within what a decimal holds.
        when abs(cast(amount as double) * cast(rate as double) * cast(group_rate as double)) < 1e20
            then to_minor_unit(
                to_minor_unit(cast(amount as decimal(38, 4)) * cast(rate as decimal(38, 9)), digits)
                * cast(group_rate as decimal(38, 9)),
                group_digits
            )
    end;

-- Whole number by whole number, to twelve decimals, the rest cut off: rounding the result later is exact.
create macro quotient(numerator, denominator) as
    cast(numerator * 1000000000000 // denominator as decimal(38, 0)) * cast(0.000000000001 as decimal(13, 12));

-- A ratio of amounts or counts; null where it does not apply.
create macro ratio(numerator, denominator) as
    case
        when denominator > 0 and abs(numerator) < 1000000000000000000000
            then quotient(
                cast(cast(numerator as decimal(38, 4)) * 10000 as hugeint),
                cast(cast(denominator as decimal(38, 4)) * 10000 as hugeint)
            )
    end;

-- The same for amounts multiplied by rates, which have more decimals.
create macro fine_ratio(numerator, denominator) as
    case
        when denominator > 0 and abs(numerator) < 1000000000000000
            then quotient(
                cast(cast(numerator as decimal(38, 10)) * 10000000000 as hugeint),
                cast(cast(denominator as decimal(38, 10)) * 10000000000 as hugeint)
            )
    end;

-- The part of an amount that falls to one of several, by its own size among theirs.
create macro share(amount, part, whole) as
    case
        when whole > 0 and abs(cast(amount as double) * cast(part as double)) < 1e20
            then cast(
                cast(cast(amount as decimal(38, 4)) * 10000 as hugeint)
                * cast(cast(part as decimal(38, 4)) * 10000 as hugeint)
                * 100000000
                // cast(cast(whole as decimal(38, 4)) * 10000 as hugeint) as decimal(38, 0)
            ) * cast(0.000000000001 as decimal(13, 12))
    end;

-- Why a payment or expense has its inferred method, in one line.
create macro why_method(rule, field, keyword, how) as
    concat(
        'Rule ', rule, ': ',
        case how
            when 'typed' then 'the accounting system states the method'
            when 'override' then concat('an override of the issuer for the ', field, ' “', keyword, '”')
            when 'keyword' then concat('the ', field, ' says “', keyword, '”')
            when 'unmapped' then 'the payment method is none we know, and no other field tells'
            else 'no field tells how this was paid'
        end
    );
