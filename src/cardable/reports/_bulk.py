"""Sheets of any length: rows the database has made into XML, put into a workbook that has the headings."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZipFile

import duckdb
from xlsxwriter.utility import xl_rowcol_to_cell

from cardable.reports._cells import CellStyle, define_cells, rows_query
from cardable.reports._package import Deflated, Package, deflated
from cardable.reports._part import Part

_BATCH = 8_192
_SMALL = 500_000
"""Rows up to which sheets are made side by side: of so few the engine makes each on one core, where more keep
every core busy one sheet at a time and would take twice the memory side by side."""
_BUFFER = "32MB"
"""What the engine may make ahead; with its usual 1 MB it stops after each chunk, and one core idles."""


def fill(
    draft: BytesIO, path: Path, parts: dict[int, Part], connection: duckdb.DuckDBPyConnection, day: date
) -> None:
    """Write the drafted workbook to `path`, with the rows of each part in the worksheet of that number.

    In the draft such a worksheet has, under its headings, a row of plain and a row of quoted styles.
    """
    names = {f"xl/worksheets/sheet{number}.xml": part for number, part in parts.items()}
    are_small = sum(part.rows for part in parts.values()) <= _SMALL
    if parts:
        define_cells(connection)
    with ZipFile(draft) as drafted, ThreadPoolExecutor(2) as threads:
        works = {
            name: partial(_made, drafted.read(name).decode(), part, connection.cursor(), path.parent)
            for name, part in names.items()
        }
        made = {name: threads.submit(work) for name, work in works.items() if are_small}
        with path.open("wb") as file, Package(file, day) as package:
            for name in drafted.namelist():
                if name in names:
                    package.take(name, made[name].result() if are_small else works[name]())
                else:
                    package.add(name, drafted.read(name))


def _made(xml: str, part: Part, cursor: duckdb.DuckDBPyConnection, folder: Path) -> Deflated:
    """The worksheet with the part's rows, deflated into a file that goes when it is closed."""
    file = TemporaryFile(dir=folder)  # noqa: SIM115 (the package closes it)
    with cursor:
        return deflated(_worksheet(xml, part, cursor), file)


def _worksheet(xml: str, part: Part, connection: duckdb.DuckDBPyConnection) -> Iterator[bytes | memoryview]:
    plain_row = xml.index(f'<row r="{part.top + 1}"')
    quoted_row = xml.index(f'<row r="{part.top + 2}"')
    end = xml.index("</sheetData>")
    styles = [
        CellStyle(int(plain), int(quoted))
        for plain, quoted in zip(
            _style_numbers(xml[plain_row:quoted_row]), _style_numbers(xml[quoted_row:end]), strict=True
        )
    ]
    corner = xl_rowcol_to_cell(part.top + part.rows - 1, len(part.columns) - 1)
    yield re.sub(
        r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{corner}"/>', xml[:plain_row], count=1
    ).encode()
    yield from _rows(part, styles, connection)
    yield xml[end:].encode()


def _style_numbers(row: str) -> list[str]:
    return re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', row)


def _rows(part: Part, styles: list[CellStyle], connection: duckdb.DuckDBPyConnection) -> Iterator[memoryview]:
    connection.execute(f"set arrow_large_buffer_size = true; set streaming_buffer_size = '{_BUFFER}'")
    query = rows_query(part.query(), part.columns, styles)
    try:
        for batch in connection.sql(query).to_arrow_reader(_BATCH):
            yield _text(batch.column(0))
    except OSError as error:
        # What fails halfway comes as Arrow's error, whose text alone says what it was.
        if "Out of Memory" in str(error):
            raise duckdb.OutOfMemoryException(str(error)) from error
        raise


def _text(strings: Any) -> memoryview:
    """The strings of an Arrow array, one after the other, as they lie in memory."""
    _, offsets, text = strings.buffers()
    bounds = memoryview(offsets).cast("q")
    return memoryview(text)[bounds[strings.offset] : bounds[strings.offset + len(strings)]]
