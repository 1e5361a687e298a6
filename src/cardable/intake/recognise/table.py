"""A grid understood: its header, what kind of table it is, and what each column means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardable.intake.fields import FIELDS
from cardable.intake.mappings import SavedMapping, fitting
from cardable.intake.model import Column, Grid, Problem, Table
from cardable.intake.recognise import columns as guessed
from cardable.intake.recognise.dressing import shared_prefix
from cardable.intake.recognise.formats import (
    DATE_USES,
    TableFormats,
    column_date_order,
    column_decimal,
    table_formats,
)
from cardable.intake.recognise.headers import Header, languages_of, understood
from cardable.intake.recognise.profile import Profile, profile
from cardable.intake.recognise.rows import count_rows, skipped_rows
from cardable.intake.recognise.structure import HeaderPlace, find_header
from cardable.intake.words import normalised_header
from cardable.language import noted, said

_AMERICAN = re.compile(r"\b(?:zip|check|state|ein|1099|usd|warrant|fiscal|p-?card|dept|amt)\b", re.I)
_BRITISH = re.compile(
    r"\b(?:vat|cheque|post ?code|gbp|bacs|directorate|county|nett|organisation|authority|gst)\b",
    re.I,
)
_SAMPLES = 3
_UNCERTAIN = {
    "DMY": noted(
        "Every date in “{column}” fits with the day and with the month first; it was read day first. "
        "If that is wrong, bring the file with dates as YYYY-MM-DD."
    ),
    "MDY": noted(
        "Every date in “{column}” fits with the day and with the month first; it was read month first. "
        "If that is wrong, bring the file with dates as YYYY-MM-DD."
    ),
}


@dataclass(frozen=True)
class Seen:
    """A grid with its header found and its columns looked at."""

    grid: Grid
    place: HeaderPlace
    names: tuple[str, ...]
    headers: tuple[Header, ...]
    profiles: tuple[Profile, ...]
    rows: tuple[Sequence[str | None], ...]
    languages: tuple[str, ...]

    @property
    def first_row(self) -> int:
        """0-based, the first row after the header."""
        return 0 if self.place.row is None else self.place.row + self.place.rows


def recognise(
    grid: Grid, *, file: str, kind: str | None = None, mappings: Sequence[SavedMapping] = ()
) -> Table:
    """What a grid is and what its columns mean; `kind` forces the kind, a fitting mapping ends guessing."""
    if not grid.columns or not grid.head:
        return _empty(grid, kind)
    seen = look(grid)
    mapping = fitting(seen.place.texts, mappings, kind)
    answer = _mapped(seen, mapping) if mapping else guessed.answer(seen, file=file, kind=kind)
    formats = table_formats(answer.kind, answer.uses, seen.profiles, grid, seen.languages)
    uses = dict(enumerate(answer.uses))
    return Table(
        grid=grid,
        kind=answer.kind,
        kind_confidence=round(answer.kind_confidence, 3),
        kind_reason=answer.kind_reason,
        header_row=seen.place.row,
        header_rows=seen.place.rows if seen.place.row is not None else 0,
        rows=count_rows(grid, seen.first_row),
        skipped=skipped_rows(grid, seen.first_row, seen.place.texts, uses),
        date_order=formats.date_order,
        decimal_mark=formats.decimal_mark,
        thousands_mark=formats.thousands_mark,
        counterparty=answer.counterparty,
        columns=tuple(_column(seen, answer, formats, position) for position in range(grid.columns)),
        problems=tuple(_uncertain_dates(seen, answer.uses, file)),
    )


def _uncertain_dates(seen: Seen, uses: Sequence[str | None], file: str) -> Iterator[Problem]:
    """What to ask of dates that read both ways, day first and month first, in every row."""
    for position, (use, cells) in enumerate(zip(uses, seen.profiles, strict=True)):
        if use in DATE_USES and not cells.dates.certain and cells.native != "date":
            order = "DMY" if cells.dates.order == "DMY" else "MDY"
            name = seen.names[position]
            yield Problem(
                file=file,
                sheet=seen.grid.sheet,
                column=name,
                value=cells.values[0] if cells.values else None,
                code="UNCERTAIN_DATES",
                message=said(_UNCERTAIN[order], column=name),
            )


def look(grid: Grid) -> Seen:
    """Find the header of a grid, read its texts, and profile its columns."""
    place = find_header(grid.head, grid.sample if grid.rows > len(grid.head) else ())
    languages = languages_of(text for text in place.texts if text)
    prefix = shared_prefix(place.texts)
    headers = tuple(
        understood(text or "", languages, group or "", prefix)
        for text, group in zip(place.texts, place.groups, strict=True)
    )
    first = 0 if place.row is None else place.row + place.rows
    rows = tuple(_records(grid, place, first))
    month_first = _is_american(place.texts, languages)
    profiles = tuple(
        profile([row[c] for row in rows], grid.natives[c], month_first=month_first)
        for c in range(grid.columns)
    )
    return Seen(grid, place, _names(place.texts), headers, profiles, rows, languages)


def _records(grid: Grid, place: HeaderPlace, first: int) -> Iterator[Sequence[str | None]]:
    """The rows to look at: those that hold something and are not the header once more."""
    later = grid.sample if grid.rows > len(grid.head) else ()
    for row in (*grid.head[first:], *later):
        filled = sum(cell is not None for cell in row)
        again = sum(cell is not None and cell == text for cell, text in zip(row, place.texts, strict=True))
        if filled and again < max(1, 0.6 * filled):
            yield row


def _is_american(texts: Sequence[str | None], languages: Sequence[str]) -> bool:
    """Whether the headers are English of the kind that puts the month first."""
    words = " ".join(text.replace("_", " ") for text in texts if text)
    american, british = len(_AMERICAN.findall(words)), len(_BRITISH.findall(words))
    return (not languages or languages[0] == "en") and american > british


def _names(texts: Sequence[str | None]) -> tuple[str, ...]:
    """The header texts, told apart where they repeat, and numbered where there is none."""
    seen: dict[str, int] = {}
    names = []
    for position, text in enumerate(texts):
        name = text.strip() if text and text.strip() else f"(col {position})"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return tuple(names)


def _mapped(seen: Seen, mapping: SavedMapping) -> guessed.Answer:
    """The answer a saved mapping gives, which nobody needs to doubt."""
    uses = [mapping.uses.get(normalised_header(text or "")) for text in seen.place.texts]
    once = [use if use not in uses[:position] else None for position, use in enumerate(uses)]
    named = f"{mapping.name[:1].upper()}{mapping.name[1:]}"
    reasons = [
        said("{mapping} calls this column “{column}”.", mapping=named, column=name)
        if normalised_header(text or "") in mapping.uses
        else said("{mapping} has no such column.", mapping=named)
        for text, name in zip(seen.place.texts, seen.names, strict=True)
    ]
    return guessed.Answer(
        kind=mapping.kind,
        kind_confidence=1.0,
        kind_reason=said("The headers are those of {mapping}.", mapping=mapping.name),
        counterparty="supplier",
        uses=tuple(once),
        confidences=(1.0,) * len(once),
        reasons=tuple(reasons),
    )


def _column(seen: Seen, answer: guessed.Answer, formats: TableFormats, position: int) -> Column:
    use, cells = answer.uses[position], seen.profiles[position]
    return Column(
        position=position,
        name=seen.names[position],
        field=use if use in FIELDS else None,
        extra_field=use if use is not None and use not in FIELDS else None,
        confidence=round(answer.confidences[position], 3),
        reason=answer.reasons[position],
        samples=tuple(dict.fromkeys(cells.values))[:_SAMPLES],
        date_order=column_date_order(cells, use),
        decimal_mark=column_decimal(cells, use, formats),
    )


def _empty(grid: Grid, kind: str | None) -> Table:
    return Table(
        grid=grid,
        kind=kind or "other",
        kind_reason=said("The sheet is empty."),
        header_row=None,
        header_rows=0,
        rows=0,
        date_order="none",
        decimal_mark=None,
        columns=(),
    )
