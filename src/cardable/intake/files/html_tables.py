"""Tables of a web page, as many systems write them under the name of a workbook."""

from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pyarrow as pa

from cardable.intake.files.grid_writer import GridWriter, check_size
from cardable.intake.files.transcoding import utf8
from cardable.intake.model import Grid, Limits
from cardable.intake.refusals import Refused
from cardable.language import noted, said

_BLOCK: Final = 1 << 20
_TOO_LARGE: Final = noted("The file has more than {allowed} bytes. Export the report as CSV, and bring that.")
_TOO_MANY: Final = noted("The file has more than {allowed} tables. Export the report as CSV, and bring that.")
_WIDEST_SPAN: Final = 100
_LARGEST: Final = 100_000_000
_ROWS_AT_ONCE: Final = 4096


class _Tables(HTMLParser):
    """Collects the cells of every table; a table inside another is read as its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[list[list[str]]] = []
        self._in_cell = self._silent = False
        self._cell = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._open.append([])
            self.tables.append(self._open[-1])
            self._in_cell = False
        elif tag == "tr" and self._open:
            self._open[-1].append([])
            self._in_cell = False
        elif tag in ("td", "th") and self._open:
            rows = self._open[-1]
            if not rows:
                rows.append([])
            self._cell, self._in_cell = len(rows[-1]), True
            rows[-1] += [""] * _span(attrs)
        elif tag in ("script", "style"):
            self._silent = True
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self._open.pop()
        elif tag in ("script", "style"):
            self._silent = False
        if tag in ("td", "th", "tr", "table"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell and self._open and not self._silent:
            self._open[-1][-1][self._cell] += data


def html_grids(path: Path, data: Path, limits: Limits) -> list[Grid]:
    """Every table of the page that holds anything; sheets are named only where there are several."""
    if path.stat().st_size > _LARGEST:
        raise Refused("TOO_LARGE", said(_TOO_LARGE, allowed=f"{_LARGEST:,}"))
    scratch = data.with_suffix(".utf8")
    text = utf8(path, scratch, limits)
    parser = _Tables()
    try:
        with text.path.open(encoding="utf-8", errors="replace") as file:
            while block := file.read(_BLOCK):
                parser.feed(block)
        parser.close()
    except (AssertionError, ValueError) as error:
        raise Refused("DAMAGED") from error
    finally:
        scratch.unlink(missing_ok=True)
    tables = [table for table in parser.tables if any(cell.strip() for row in table for cell in row)]
    if len(tables) > limits.sheets:
        raise Refused("TOO_LARGE", said(_TOO_MANY, allowed=f"{limits.sheets:,}"))
    return [
        _grid(
            table,
            data.with_stem(f"{data.stem}-{n}"),
            limits,
            text.encoding,
            f"Table {n}" if tables[1:] else None,
        )
        for n, table in enumerate(tables, 1)
    ]


def _grid(table: list[list[str]], data: Path, limits: Limits, encoding: str, sheet: str | None) -> Grid:
    width = max(map(len, table))
    check_size(len(table), width, limits)
    with GridWriter(data, columns=width, limits=limits) as writer:
        for start in range(0, len(table), _ROWS_AT_ONCE):
            rows = table[start : start + _ROWS_AT_ONCE]
            writer.add(
                [pa.array(column, pa.string()) for column in zip_longest(*rows)]
                or [pa.nulls(len(rows), pa.string())]
            )
        return writer.finish(sheet=sheet, encoding=encoding, delimiter=None)


def _span(attrs: list[tuple[str, str | None]]) -> int:
    """How many columns a cell takes."""
    span = dict(attrs).get("colspan") or "1"
    return min(max(int(span), 1), _WIDEST_SPAN) if span.isascii() and span.isdigit() and len(span) < 6 else 1
