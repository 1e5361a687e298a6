"""One file to a snapshot, mapped and validated: python -m bench.to_snapshot FILE FOLDER."""

import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from cardable import intake, snapshots
from cardable.integrations.any_spreadsheet import assemble


def main() -> None:
    source, folder = map(Path, sys.argv[1:])
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as connection:
        work = Path(name)
        readings = intake.read([source], work / "intake")
        delivery = assemble(readings, connection, work / "records", base_currency="USD")
        for company in delivery.companies:
            snapshots.write(folder / company.id, company.tables)
    if delivery.rejected_share:
        sys.exit(f"{delivery.rejected_share:.2%} of the rows were rejected")


if __name__ == "__main__":
    main()
