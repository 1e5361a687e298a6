"""What intake says of a file: its tables, what each column means, and what is wrong."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a file may cost before it is refused; checked before it is parsed wherever it can be."""

    file_bytes: int = 2_000_000_000
    unpacked_bytes: int = 1_000_000_000
    rows: int = 6_000_000
    columns: int = 2_000
    cells: int = 150_000_000
    sheets: int = 100
    seconds: int = 300
    memory_bytes: int = 3_000_000_000


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A fault in someone's data: where it is, what it is, and what to do."""

    file: str
    message: str
    """What is wrong, then what to do, each a whole sentence."""
    sheet: str | None = None
    row: int | None = None
    """1-based, as a spreadsheet shows it."""
    column: str | None = None
    value: str | None = None
    code: str = ""
    """Names the rule: NOT_A_DATE, NOT_A_NUMBER, MISSING_VALUE, REFUSED_PDF…"""
    rows: int = 1
    """How many rows the problem stands for."""
    rejects_row: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet or delimited file as text, before anything is believed of it.

    `data` is a Parquet file: `row` (INTEGER, 1-based position in the file or sheet) and text columns
    `c0`…`cN`, every row from the top, preamble and blank rows included; an empty or blank cell is NULL,
    outer white space is trimmed. A true date cell reads `2026-06-30` or `2026-06-30 14:05:00`, a true
    number cell its plain decimal form (`-1234.5`, at most 15 significant digits).
    """

    sheet: str | None
    hidden: bool = False
    encoding: str | None
    """As Python names it: `utf-8-sig` with a byte-order mark, `ascii` where that is enough; None in
    workbooks."""
    delimiter: str | None
    rows: int
    columns: int
    head: tuple[tuple[str | None, ...], ...]
    """The first 150 rows."""
    sample: tuple[tuple[str | None, ...], ...]
    """Up to 2,000 rows spread evenly over the rows after the first 150; the head's own where fewer."""
    natives: tuple[dict[str, int], ...]
    """For each column, how many cells are text, number, date or bool; only text in delimited files."""
    data: Path


@dataclass(frozen=True, kw_only=True)
class Column:
    """What one column is, how sure we are, and why."""

    position: int
    """0-based: column `c{position}` of the grid."""
    name: str
    """The header text without outer blanks; ` #2` where it repeats, `(col N)` where there is none."""
    field: str | None
    """In the vocabulary of `fields.py`, or None where the column carries nothing the model wants."""
    extra_field: str | None = None
    """What the column carries beyond that vocabulary: status, contact_name, record_id…"""
    confidence: float
    """0 to 1: how likely `field` is right, None answers included."""
    reason: str
    """One line a bookkeeper understands."""
    samples: tuple[str, ...] = ()
    date_order: str | None = None
    """DMY, MDY, YMD, DM, text, native or serial, for a column of dates."""
    decimal_mark: str | None = None
    """`.`, `,` or native, for a column of numbers."""

    @property
    def use(self) -> str | None:
        return self.extra_field or self.field


@dataclass(frozen=True, kw_only=True)
class Table:
    """A grid understood: where its rows start, what they are, what its columns mean."""

    grid: Grid
    kind: str
    """suppliers, bills, payments, allocations, credit_notes, expenses, companies, imported_dates,
    exchange_rates or other."""
    kind_confidence: float = 1.0
    kind_reason: str = ""
    header_row: int | None
    """0-based, counting every row from the top; None where there is none."""
    header_rows: int = 1
    """How many rows the header takes; the first is `header_row`."""
    rows: int
    """Rows after the header that have any value."""
    skipped: dict[int, str] = field(default_factory=dict)
    """1-based row to why it is no record: a repeated header, a total, a footer. Blank rows are not listed."""
    date_order: str
    """DMY, MDY, YMD, DM, text, none or native, of the table's main date."""
    decimal_mark: str | None
    """`.`, `,` or native, of the table's main amount."""
    thousands_mark: str | None = None
    counterparty: str = "supplier"
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """One file read: its tables, or the sentence that refuses it."""

    file: str
    sha256: str
    bytes: int
    tables: tuple[Table, ...] = ()
    refusal: Problem | None = None
