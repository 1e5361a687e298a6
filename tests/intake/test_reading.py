"""Files are read in a process of their own, and whatever it does, each file gets an answer."""

import hashlib
from pathlib import Path
from threading import Event

import pytest

from cardable import intake
from cardable.intake import FileReading, Limits, reading, supervisor
from tests.intake.making import SHEETML, sheet_of, workbook, xlsx

_LIMITS = Limits(memory_bytes=600_000_000, seconds=3)


def write(folder: Path, **files: str) -> list[Path]:
    paths = [folder / f"{name}.csv" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_text(content)
    return paths


@pytest.fixture
def unruly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "CHILD", ("-m", "tests.intake.unruly_child"))


def process_of(read: FileReading) -> str:
    return read.tables[0].skipped[2]


def test_files_are_read_in_the_order_given(tmp_path: Path) -> None:
    bills, suppliers = write(tmp_path, bills="bill_id,total\nB1,1\n", suppliers="supplier_id,name\nS1,Acme\n")
    book = workbook(tmp_path / "book.xlsx")
    readings = intake.read([suppliers, book, bills], tmp_path / "work")
    assert [reading.file for reading in readings] == ["suppliers.csv", "book.xlsx", "bills.csv"]
    assert [table.grid.sheet for table in readings[1].tables] == ["Bills", "Lookup"]
    assert readings[2].tables[0].grid.head[1] == ("B1", "1")


def test_a_reading_tells_size_and_checksum(tmp_path: Path) -> None:
    (reading,) = intake.read(write(tmp_path, bills="a,b\n1,2\n"), tmp_path / "work")
    assert (reading.bytes, reading.sha256) == (8, hashlib.sha256(b"a,b\n1,2\n").hexdigest())


def test_a_refused_file_has_a_checksum_too(tmp_path: Path) -> None:
    (reading,) = intake.read(write(tmp_path, bills="%PDF-1.7"), tmp_path / "work")
    assert reading.sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert reading.refusal
    assert (reading.refusal.file, reading.refusal.code) == ("bills.csv", "REFUSED_PDF")


def test_progress_is_told_twice_for_each_file(tmp_path: Path) -> None:
    told: list[tuple[str, bool]] = []
    intake.read(
        write(tmp_path, a="x,y\n1,2\n", b=""),
        tmp_path / "work",
        progress=lambda path, reading: told.append((path.name, reading is not None)),
    )
    assert told == [("a.csv", False), ("a.csv", True), ("b.csv", False), ("b.csv", True)]


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    readings = intake.read([tmp_path / "none.csv", tmp_path, Path("/dev/zero")], tmp_path / "work")
    codes = [reading.refusal.code for reading in readings if reading.refusal]
    assert codes == ["REFUSED_MISSING", "REFUSED_FOLDER", "REFUSED_MISSING"]


@pytest.mark.parametrize(("size", "code"), [(2 << 30, "REFUSED_TOO_LARGE"), (100 << 20, "REFUSED_DAMAGED")])
def test_a_sparse_file_is_refused(size: int, code: str, tmp_path: Path) -> None:
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.write(b"bill,total\nB1,1\n" * 9000)
        file.truncate(size)
    (reading,) = intake.read([path], tmp_path / "work")
    assert reading.refusal
    assert reading.refusal.code == code


def test_a_sheet_of_16384_columns_is_refused(tmp_path: Path) -> None:
    path = sheet_of(tmp_path / "wide.xlsx", [range(16_384)] * 3)
    (reading,) = intake.read([path], tmp_path / "work")
    assert reading.refusal
    assert "more than 2,000 columns" in reading.refusal.message


def test_a_far_cell_does_not_fill_the_memory(tmp_path: Path) -> None:
    """Its table would have 17 thousand million cells."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{SHEETML}"><sheetData>{cells}</sheetData></worksheet>'
    path = xlsx(tmp_path / "far.xlsx", sheet)
    (reading,) = intake.read([path], tmp_path / "work", limits=_LIMITS)
    assert reading.refusal
    assert reading.refusal.code in ("REFUSED_MEMORY", "REFUSED_TOO_LARGE")


def test_a_name_that_does_not_fit_is_only_a_note(tmp_path: Path) -> None:
    path = tmp_path / "bills.xls"
    path.write_text("bill_id\tsupplier_id\ttotal\nB1\tS1\t1.50\n")
    (reading,) = intake.read([path], tmp_path / "work")
    (note,) = [problem for problem in reading.tables[0].problems if problem.code == "NAME_DOES_NOT_FIT"]
    assert not note.rejects_row
    assert "text" in note.message


@pytest.mark.usefixtures("unruly")
def test_one_process_reads_all_files(tmp_path: Path) -> None:
    readings = intake.read(write(tmp_path, a="1", b="2", c="%PDF-", d="3"), tmp_path / "work")
    assert len({process_of(reading) for reading in readings if reading.tables}) == 1


@pytest.mark.usefixtures("unruly")
def test_large_files_are_shared_among_processes_and_keep_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_LARGE", 0)
    files = write(tmp_path, a="dawdle", b="1", c="crash", d="2", e="3")
    readings = intake.read(files, tmp_path / "work", readers=2, limits=_LIMITS)
    assert [each.file for each in readings] == [path.name for path in files]
    # While one dawdles, the other has read the rest.
    assert [each.refusal and each.refusal.code for each in readings] == [
        "REFUSED_TIME", None, "REFUSED_UNREADABLE", None, None,
    ]  # fmt: skip


@pytest.mark.usefixtures("unruly")
@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("abort", "MEMORY"), ("crash", "UNREADABLE"), ("fail", "UNREADABLE"), ("leave", "UNREADABLE"),
        ("dawdle", "TIME"), ("hoard", "MEMORY"), ("hoard slowly", "MEMORY"),
        ("point elsewhere", "UNREADABLE"), ("speak otherwise", "UNREADABLE"),
    ],
)  # fmt: skip
def test_a_file_that_stops_its_process_stops_no_other(order: str, code: str, tmp_path: Path) -> None:
    readings = intake.read(
        write(tmp_path, before="1", bad=order, after="2"), tmp_path / "work", limits=_LIMITS
    )
    codes = [reading.refusal and reading.refusal.code for reading in readings]
    assert codes == [None, f"REFUSED_{code}", None]


@pytest.mark.usefixtures("unruly")
def test_what_libraries_print_is_no_answer(tmp_path: Path) -> None:
    (reading,) = intake.read(write(tmp_path, a="print"), tmp_path / "work")
    assert reading.refusal is None


@pytest.mark.usefixtures("unruly")
def test_the_process_knows_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARDABLE_SECRET_KEY", "s3cret")
    (reading,) = intake.read(write(tmp_path, a="1"), tmp_path / "work")
    assert reading.tables[0].kind_reason == "none known"


def test_a_process_that_does_not_start_is_our_own_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "CHILD", ("-c", "raise SystemExit('no such thing')"))
    with pytest.raises(RuntimeError, match="no such thing"):
        intake.read(write(tmp_path, a="1"), tmp_path / "work")


@pytest.mark.usefixtures("unruly")
def test_reading_that_is_given_up_ends_at_once(tmp_path: Path) -> None:
    given_up = Event()
    given_up.set()
    limits = Limits(seconds=10_000)
    (read,) = intake.read(write(tmp_path, a="dawdle"), tmp_path / "work", limits=limits, given_up=given_up)
    assert read.refusal
