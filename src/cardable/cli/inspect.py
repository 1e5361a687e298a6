"""`cardable inspect`: what a file is, and what each of its columns means."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cardable import intake
from cardable.cli.errors import Unusable
from cardable.cli.words import columns_of_text
from cardable.intake.model import Column, FileReading, Problem, Table


def run_inspect(options: argparse.Namespace) -> int:
    """Print what each file is; 2 where none of them can be used."""
    missing = [path for path in options.files if not path.is_file()]
    if missing:
        raise Unusable(f"{missing[0]} is not a file. Name a file that exists.")
    with tempfile.TemporaryDirectory(prefix="cardable-") as work:
        readings = intake.read(options.files, Path(work))
    if options.json:
        described = [_reading(reading) for reading in readings]
        answer = described[0] if len(described) == 1 else described
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        print("\n\n".join(_text(reading) for reading in readings))
    return 0 if any(reading.tables for reading in readings) else 2


def _reading(reading: FileReading) -> dict[str, Any]:
    said = {
        "file": Path(reading.file).name,
        "sha256": reading.sha256,
        "tables": [_table(table) for table in reading.tables],
    }
    return said | ({"problems": [_problem(reading.refusal)]} if reading.refusal else {})


def _table(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.grid.sheet,
        "hidden": table.grid.hidden,
        "kind": table.kind,
        "kind_confidence": round(table.kind_confidence, 2),
        "kind_reason": table.kind_reason,
        "header_row": table.header_row,
        "rows": table.rows,
        "encoding": table.grid.encoding,
        "delimiter": table.grid.delimiter,
        "date_order": table.date_order,
        "decimal_mark": table.decimal_mark or "none",
        "thousands_mark": table.thousands_mark,
        "counterparty": table.counterparty,
        "columns": [_column(column) for column in table.columns],
        "problems": [_problem(problem) for problem in table.problems],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "field": column.field,
        "extra_field": column.extra_field,
        "confidence": round(column.confidence, 2),
        "reason": column.reason,
        "samples": list(column.samples),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": problem.message,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "rows": problem.rows,
    }


def _text(reading: FileReading) -> str:
    lines = [Path(reading.file).name]
    if reading.refusal:
        return "\n".join([*lines, f"  {reading.refusal.message}"])
    for table in reading.tables:
        lines += ["", f"  {_headline(table)}", *columns_of_text(_cells(table.columns), indent=4)]
        lines += [f"    ! {problem.message}" for problem in table.problems]
    return "\n".join(lines)


def _headline(table: Table) -> str:
    where = f"sheet “{table.grid.sheet}”: " if table.grid.sheet else ""
    header = "no header" if table.header_row is None else f"header in row {table.header_row + 1}"
    stored = ", ".join(
        words
        for words in (
            table.grid.encoding,
            f"delimiter {table.grid.delimiter!r}" if table.grid.delimiter else None,
            f"dates {table.date_order}",
            f"decimal mark {table.decimal_mark}" if table.decimal_mark else None,
        )
        if words
    )
    return f"{where}{table.kind}, {table.rows:,} rows, {header} ({stored})"


def _cells(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    mapped = [column for column in columns if column.use]
    rest = [column for column in columns if not column.use]
    rows: list[tuple[str, ...]] = [("Column", "Means", "Sure", "Why")]
    rows += [(column.name, str(column.use), f"{column.confidence:.0%}", column.reason) for column in mapped]
    if rest:
        rows.append((f"{len(rest)} more", "-", "", ", ".join(column.name for column in rest)))
    return rows
