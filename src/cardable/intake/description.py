"""What intake says of a file, as plain JSON: for `cardable inspect` and for whoever shows it to people."""

from pathlib import Path
from typing import Any

from cardable.intake.model import Column, FileReading, Problem, Table


def described(reading: FileReading) -> dict[str, Any]:
    """What is said of a file, in the types that JSON has."""
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
