-- How text and days become the content of worksheet cells.

create macro if not exists cell_wide_signs() as '[\x{10000}-\x{10FFFF}]';

-- A cell holds at most 32,767 UTF-16 units, of which signs beyond U+FFFF take two.
create macro if not exists cell_text_cut(x) as
    case
        when strlen(x) <= 32767 then x
        when length(x) + len(regexp_extract_all(x, cell_wide_signs())) <= 32767 then x
        when regexp_matches(x, cell_wide_signs()) then left(x, 16383) || '…'
        else left(x, 32766) || '…'
    end;

-- Signs that XML forbids show as �. Excel reads _x0041_ as A, so text that has it is written _x005F_x0041_.
create macro if not exists cell_text_legal(x) as
    regexp_replace(
        regexp_replace(x, '[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]', chr(65533), 'g'),
        '_(x[0-9A-Fa-f]{4}_)', '_x005F_\1', 'g'
    );

create macro if not exists cell_has_markup(x) as contains(x, '&') or contains(x, '<') or contains(x, '>');

create macro if not exists cell_text(x) as
    replace(replace(replace(x, '&', '&amp;'), '<', '&lt;'), '>', '&gt;');

-- Whether a row's texts, joined by line ends, have one that needs more than its markup escaped: it begins or
-- ends with white space, could be taken for a formula, is too long, or has a sign to be written otherwise.
create macro if not exists cell_texts_are_special(x) as
    strlen(x) > 32767
    or regexp_matches(x, '\n[=+\-@\s]|\s\n|[\x00-\x08\x0B-\x1F\x{FFFE}\x{FFFF}]|_x[0-9A-Fa-f]{4}_');

-- Whether a spreadsheet could take the text for a formula. A list of signs would be a join, made for each row.
create macro if not exists cell_is_formula(x) as regexp_matches(x, '^[=+\-@\t\r]');

create macro if not exists cell_special_text(x) as
    replace(cell_text(cell_text_legal(cell_text_cut(x))), chr(13), '&#13;');

create macro if not exists cell_is_day(x) as x between date '1900-01-01' and date '9999-12-31';

-- Excel takes 1900 for a leap year, so its days up to February of that year are one less.
create macro if not exists cell_day(x) as
    if(cell_is_day(x), (x - date '1899-12-30' - if(x < date '1900-03-01', 1, 0))::varchar, x::varchar);
