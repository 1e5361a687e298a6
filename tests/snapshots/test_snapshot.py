"""Snapshots appear whole or not at all, and never change."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from cardable import snapshots
from cardable.records import Bill, Expense, Supplier

SUPPLIER = Supplier(id="S1", supplier_name="Pacific Paper Co")


def broken() -> Iterator[Supplier]:
    yield SUPPLIER
    raise RuntimeError("the file ended early")


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended early"):
        snapshots.write(tmp_path / "books", {Bill: [], Supplier: broken()})
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Supplier]:
        raise KeyboardInterrupt
        yield SUPPLIER

    with pytest.raises(KeyboardInterrupt):
        snapshots.write(tmp_path / "books", {Supplier: interrupted()})
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from cardable import snapshots
from cardable.records import Bill, Supplier

def killed():
    yield Supplier(id="S1")
    os.kill(os.getpid(), signal.SIGKILL)

snapshots.write(Path(sys.argv[1]), {Bill: [], Supplier: killed()})
"""


def test_a_killed_write_leaves_no_snapshot_and_may_be_repeated(tmp_path: Path) -> None:
    books = tmp_path / "books"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(books)])
    assert (ended.returncode, books.exists()) == (-signal.SIGKILL, False)
    assert snapshots.write(books, {Supplier: [SUPPLIER]}).read(Supplier) == (SUPPLIER,)


def test_nothing_is_seen_until_all_is_written(tmp_path: Path) -> None:
    seen: list[bool] = []

    def watched() -> Iterator[Supplier]:
        seen.append((tmp_path / "books").exists())
        yield SUPPLIER

    snapshots.write(tmp_path / "books", {Bill: [], Supplier: watched()})
    assert seen == [False]
    assert (tmp_path / "books").exists()


def test_a_snapshot_is_never_written_over(tmp_path: Path) -> None:
    first = snapshots.write(tmp_path / "books", {Supplier: [SUPPLIER]})
    with pytest.raises(FileExistsError, match="'books' is already written"):
        snapshots.write(tmp_path / "books", {Supplier: []})
    assert first.read(Supplier) == (SUPPLIER,)


def test_a_folder_that_came_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    def racing() -> Iterator[Supplier]:
        snapshots.write(tmp_path / "books", {Supplier: [SUPPLIER]})
        yield Supplier(id="S2")

    with pytest.raises(FileExistsError):
        snapshots.write(tmp_path / "books", {Supplier: racing()})
    assert snapshots.Snapshot(tmp_path / "books").read(Supplier) == (SUPPLIER,)


def test_what_was_not_brought_is_an_empty_table_with_its_columns(tmp_path: Path) -> None:
    snapshot = snapshots.write(tmp_path / "books", {Supplier: []}, as_of=date(2026, 6, 30))
    with duckdb.connect() as connection:
        relation = snapshot.relation(connection, Expense)
        assert relation.fetchall() == []
        assert "total_amount" in relation.columns
    assert (snapshot.has(Supplier), snapshot.has(Expense)) == (True, False)
    assert snapshot.as_of == date(2026, 6, 30)


def test_a_table_may_come_as_a_relation_or_a_file(tmp_path: Path) -> None:
    bill = Bill(id="B1", issue_date=date(2026, 1, 1), total_amount=Decimal("12.50"))
    first = snapshots.write(tmp_path / "first", {Bill: [bill]})
    second = snapshots.write(tmp_path / "second", {Bill: first.path(Bill)})
    with duckdb.connect() as connection:
        third = snapshots.write(tmp_path / "third", {Bill: second.relation(connection, Bill)})
    assert third.read(Bill) == (bill,)


def test_the_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    one, two = (snapshots.write(tmp_path / name, {Supplier: [SUPPLIER]}) for name in ("one", "two"))
    assert one.path(Supplier).read_bytes() == two.path(Supplier).read_bytes()
