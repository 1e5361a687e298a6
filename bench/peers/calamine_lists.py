"""An XLSX read to Python lists by python-calamine: python -m bench.peers.calamine_lists FILE."""

import sys

from python_calamine import CalamineWorkbook


def main() -> None:
    rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
    print(len(rows))


if __name__ == "__main__":
    main()
