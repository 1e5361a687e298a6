-- The distinct notes and references of transactions whose other fields decide nothing.
with undecided as (
    select t.note, t.reference
    from named_methods as m
    inner join transactions as t on t.record = m.record
    where m.field_method is null and m.account_method is null
)

select distinct 'text' as kind, text
from (
    select note as text from undecided
    union all
    select reference from undecided
) as free
where regexp_matches(text, $hint)
