-- What the distinct texts say of a payment method: by the issuer's override, else by the longest keyword.
with plain as (
    select
        t.kind,
        t.text,
        coalesce(n.normalised, trim(regexp_replace(lower(t.text), '[^a-z0-9]+', ' ', 'g'))) as plain
    from texts as t
    left join normalised_texts as n on n.text = t.text
),

-- Only runs of keyword words can hold a phrase, and they are few where texts are many.
worded as (
    select
        kind,
        text,
        plain,
        array_to_string(
            regexp_extract_all(concat(' ', replace(plain, ' ', '  '), ' '), $vocabulary), '|'
        ) as words
    from plain
),

phrases as (
    select
        w.kind,
        w.words,
        k.method,
        k.phrase,
        row_number() over (
            partition by w.kind, w.words
            order by length(k.phrase) desc, strpos(w.words, k.spaced), k.position
        ) as place
    from (select distinct kind, words from worded where words <> '') as w
    inner join keywords as k on k.kind in ('any', w.kind) and contains(w.words, k.spaced)
)

select
    w.kind,
    w.text,
    case when o.method is not null then o.method else p.method end as method,
    case when o.method is not null then w.plain else p.phrase end as keyword,
    o.method is not null as is_override
from worded as w
left join overrides as o on o.kind = w.kind and o.plain = w.plain
left join phrases as p on p.kind = w.kind and p.words = w.words and p.place = 1
left join blank_values as b on b.plain = w.plain
-- A payment-method field that maps to nothing is kept: it makes the method Other in the end.
where o.method is not null or p.method is not null or (w.kind = 'field' and b.plain is null)
