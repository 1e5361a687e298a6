-- What the distinct texts say of a payment method: by the issuer's override, else by the longest keyword.
with worded as (
    select
        t.kind,
        t.text,
        -- Only runs of keyword words can hold a phrase, and they are few where texts are many. The joint
        -- is no keyword word, so no phrase reaches across it.
        array_to_string(
            regexp_extract_all(coalesce(n.scanned, lower(replace(t.text, '_', ' '))), $vocabulary), ' 0 '
        ) as words,
        case
            when t.kind = 'field' or o.kind is not null
                then coalesce(n.normalised, trim(regexp_replace(lower(t.text), '[^a-z0-9]+', ' ', 'g')))
        end as plain
    from texts as t
    left join normalised_texts as n on n.text = t.text
    left join (select distinct kind from overrides) as o on o.kind = t.kind
),

runs as (
    select
        kind,
        words,
        concat(' ', regexp_replace(words, '[^a-z0-9]+', '  ', 'g'), ' ') as spaced
    from worded
    where words <> ''
    group by kind, words
),

phrases as (
    select
        r.kind,
        r.words,
        k.method,
        k.phrase,
        row_number() over (
            partition by r.kind, r.words
            order by length(k.phrase) desc, strpos(r.spaced, k.spaced), k.position
        ) as place
    from runs as r
    inner join keywords as k on k.kind in ('any', r.kind) and contains(r.spaced, k.spaced)
)

select
    w.kind,
    w.text,
    cast(case when o.method is not null then o.method else p.method end as method) as method,
    cast(case when o.method is not null then w.plain else p.phrase end as keyword) as keyword,
    o.method is not null as is_override
from worded as w
left join overrides as o on o.kind = w.kind and o.plain = w.plain
left join phrases as p on p.kind = w.kind and p.words = w.words and p.place = 1
left join blank_values as b on b.plain = w.plain
-- A payment-method field that maps to nothing is kept: it makes the method Other in the end.
where o.method is not null or p.method is not null or (w.kind = 'field' and b.plain is null)
