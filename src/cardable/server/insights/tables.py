"""The figures of a run kept as Parquet, so that screens show what the reports say."""

import json
from collections.abc import Iterable
from pathlib import Path

from cardable.integrations.any_spreadsheet import Notice
from cardable.metrics import Analysis
from cardable.server.insights.figure_tables import write_tables

FOLDER = "figures"
ONGOING = ("ongoing_summary_row", "ongoing_method_rows", "ongoing_supplier_rows")
NOTICES = "notices.json"


def write_figures(analysis: Analysis, folder: Path, notices: Iterable[Notice]) -> None:
    """Every table of figures as one Parquet file, its rows in report order, and what was said of the data."""
    folder.mkdir(parents=True)
    write_tables(analysis, folder)
    for name in ONGOING if analysis.has_ongoing else ():
        rows = analysis.connection.table(name)
        if "position" in rows.columns:
            rows = rows.order("position")
        rows.write_parquet(str(folder / f"{name}.parquet"), compression="zstd")
    said = [
        {"code": each.code, "message": each.message, "file": each.file, "rows": each.rows} for each in notices
    ]
    (folder / NOTICES).write_text(json.dumps(said, ensure_ascii=False), "utf-8")
