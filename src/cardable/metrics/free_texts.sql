-- The distinct notes and references of undecided transactions in which a keyword may stand.
select distinct 'text' as kind, text
from (
    select note as text from undecided
    union all
    select reference from undecided
) as free
where regexp_matches(text, $hint)
