"""Companies made from a CSV file, all or none.

Columns: name; description, parent (a name or an ID, of this file or already there), tags (`key=value`,
separated by semicolons) and any number of `tag:KEY`.
"""

import csv
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from cardable.server.companies.changes import create_company
from cardable.server.companies.models import Company
from cardable.server.companies.names import clean_name, folded_name
from cardable.server.environment import Refused
from cardable.server.organizations.models import Organization

_KNOWN = ("name", "description", "parent", "tags")
_TAG = "tag:"
_ERRORS_SHOWN = 20


@dataclass
class Row:
    """One company as the file names it."""

    number: int
    name: str
    description: str
    parent: str
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def folded(self) -> str:
        return folded_name(clean_name(self.name))


class NotImported(Refused):
    """Rows of the file cannot be used; nothing was imported."""

    def __init__(self, file: str, faults: list[tuple[int, str]]) -> None:
        shown = [f"{file}, row {number}: {words}" for number, words in sorted(faults)[:_ERRORS_SHOWN]]
        more = len(faults) - len(shown)
        rest = [f"…and {more} more."] if more > 0 else []
        super().__init__("\n".join(["Nothing was imported.", *shown, *rest]))


def import_companies(file: Path, organization: Organization) -> int:
    """Make the file's companies in the running transaction; how many. Raises Refused."""
    rows = read_rows(file)
    with transaction.atomic():
        return _Import(file.name, organization, rows).run()


def read_rows(file: Path) -> list[Row]:
    """The rows of the file; raises Refused where it is no such file."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise Refused(f"{file} cannot be read: {fault.strerror}.") from fault
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    lines = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        headers = [header.strip() for header in next(lines, [])]
        _check_headers(file.name, headers)
        return [_row(lines.line_num, headers, cells) for cells in lines if any(map(str.strip, cells))]
    except csv.Error as fault:
        raise Refused(f"{file.name}, row {lines.line_num}: this is not CSV ({fault}).") from fault


def _check_headers(file: str, headers: list[str]) -> None:
    lowered = [header.lower() for header in headers]
    strange = [header for header in headers if header.lower() not in _KNOWN and not _is_tag(header)]
    if "name" not in lowered:
        raise Refused(
            f"{file} has no column “name”. Its first row must name its columns: {', '.join(_KNOWN)}."
        )
    if strange:
        raise Refused(
            f"{file}: “{strange[0]}” is no column of ours. Use {', '.join(_KNOWN)}, or tag:{strange[0]}"
            " to keep it as a tag."
        )
    if len(set(lowered)) < len(lowered):
        raise Refused(f"{file} names a column twice. Keep one of them.")


def _is_tag(header: str) -> bool:
    return header.lower().startswith(_TAG) and len(header) > len(_TAG)


def _row(number: int, headers: list[str], cells: list[str]) -> Row:
    values = dict(zip(headers, (cell.strip() for cell in cells), strict=False))
    plain = {header.lower(): value for header, value in values.items() if not _is_tag(header)}
    tags = dict(_pairs(plain.get("tags", "")))
    tags |= {name[len(_TAG) :].strip(): value for name, value in values.items() if _is_tag(name) and value}
    return Row(number, plain["name"], plain.get("description", ""), plain.get("parent", ""), tags)


def _pairs(text: str) -> list[tuple[str, str]]:
    """`region=North; tier=A` as pairs; a word without a value is a key alone."""
    parts = (part.partition("=") for part in text.split(";") if part.strip())
    return [(key.strip(), value.strip()) for key, _, value in parts]


class _Import:
    """One import: parents are made before their subsidiaries, and every fault is found before it stops."""

    def __init__(self, file: str, organization: Organization, rows: list[Row]) -> None:
        self._file, self._organization, self._rows = file, organization, rows
        self._faults: list[tuple[int, str]] = []
        self._made: dict[int, Company] = {}
        self._by_name: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._by_name[row.folded].append(row)

    def run(self) -> int:
        for row in self._rows:
            self._make(row, below=())
        if self._faults:
            raise NotImported(self._file, self._faults)
        return len(self._made)

    def _make(self, row: Row, below: tuple[int, ...]) -> Company | None:
        """The row's company, after its parent's; None where either cannot be made."""
        if row.number in self._made or any(number == row.number for number, _ in self._faults):
            return self._made.get(row.number)
        if row.number in below:
            self._fault(row, f"“{row.name}” would be its own parent. Leave one parent out.")
            return None
        try:
            parent = self._parent(row, below)
            self._made[row.number] = create_company(
                self._organization, name=row.name, description=row.description, tags=row.tags, parent=parent
            )
        except ValidationError as fault:
            self._fault(row, " ".join(fault.messages))
        return self._made.get(row.number)

    def _parent(self, row: Row, below: tuple[int, ...]) -> Company | None:
        if not row.parent:
            return None
        ours = self._by_name.get(folded_name(clean_name(row.parent)), [])
        theirs = self._known(row.parent)
        if len(ours) + len(theirs) > 1:
            raise ValidationError(
                f"{len(ours) + len(theirs)} companies are named “{row.parent}”. Give the ID."
            )
        if theirs:
            return theirs[0]
        if not ours:
            raise ValidationError(f"No company is named “{row.parent}”. Add it, or leave the parent out.")
        parent = self._make(ours[0], (*below, row.number))
        if parent is None:
            raise ValidationError(f"Its parent in row {ours[0].number} cannot be made.")
        return parent

    def _known(self, name_or_id: str) -> list[Company]:
        """Companies that were there before, by ID or by name."""
        there = Company.objects.filter(deleting_since=None)
        made = {company.id for company in self._made.values()}
        try:
            found = there.filter(id=uuid.UUID(name_or_id))
        except ValueError:
            found = there.filter(folded_name=folded_name(clean_name(name_or_id)))
        return [company for company in found if company.id not in made]

    def _fault(self, row: Row, words: str) -> None:
        if all(number != row.number for number, _ in self._faults):
            self._faults.append((row.number, words))
