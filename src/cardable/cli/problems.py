"""The list of what could not be used, beside the reports."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from cardable.cli.errors import Unusable
from cardable.integrations.any_spreadsheet import Delivery

PROBLEMS = "problems.csv"
_COLUMNS = 'file, sheet, row, "column", value, wrong as "what is wrong", remedy as "what to do"'


def write_problems(folder: Path, delivery: Delivery) -> Path | None:
    """Write every fault found, one line each; an earlier list goes where there is none."""
    target = made_folder(folder) / PROBLEMS
    if not pq.read_metadata(delivery.problem_rows).num_rows:
        target.unlink(missing_ok=True)
        return None
    with duckdb.connect() as connection:
        faults = connection.read_parquet(str(delivery.problem_rows))
        faults.order('file, sheet, row, "column"').project(_COLUMNS).write_csv(str(target))
    return target


def made_folder(folder: Path) -> Path:
    """The folder, made where it is not there; raises Unusable where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unusable(f"{folder} cannot be written: {fault.strerror}. Name another --out folder.") from fault
    return folder
