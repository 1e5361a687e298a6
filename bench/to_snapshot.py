"""One file to a snapshot, mapped and validated: python -m bench.to_snapshot FILE FOLDER."""

import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cardable import intake


def main() -> None:
    source, folder = map(Path, sys.argv[1:])
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(1) as beside:
        work = Path(name)
        readings = beside.submit(intake.read, [source], work / "intake")
        # As the command line does: loaded while another process reads.
        import duckdb

        from cardable import snapshots
        from cardable.integrations.any_spreadsheet import assemble

        connection = duckdb.connect()
        delivery = assemble(readings.result(), connection, work / "records", base_currency="USD")
        for company in delivery.companies:
            snapshots.write(folder / company.id, company.tables, connection=connection)
    if delivery.rejected_share:
        sys.exit(f"{delivery.rejected_share:.2%} of the rows were rejected")


if __name__ == "__main__":
    main()
