"""`cardable inspect` and the sample files."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Said

Run = Callable[..., Said]


def test_a_file_is_described_as_json(cardable: Run, spend: Path) -> None:
    said = json.loads(cardable("inspect", spend, "--json").out)
    (table,) = said["tables"]
    assert (said["file"], table["kind"], table["header_row"], table["rows"]) == (spend.name, "payments", 0, 4)
    assert [column["field"] for column in table["columns"]] == [
        "supplier_name",
        "payment_date",
        "document_id",
        "amount",
        "payment_method",
    ]
    assert all(column["reason"] and 0 < column["confidence"] <= 1 for column in table["columns"])


def test_several_files_are_a_list(cardable: Run, spend: Path, harbor: Path) -> None:
    said = json.loads(cardable("inspect", spend, harbor / "bills.csv", "--json").out)
    assert [each["file"] for each in said] == [spend.name, "bills.csv"]


def test_a_refused_file_says_what_to_bring(cardable: Run, tmp_path: Path) -> None:
    scan = tmp_path / "scan.csv"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    said = cardable("inspect", scan, "--json")
    assert said.code == 2
    (problem,) = json.loads(said.out)["problems"]
    assert "CSV" in problem["message"]


def test_people_get_a_table(cardable: Run, spend: Path) -> None:
    said = cardable("inspect", spend)
    assert "payments, 4 rows, header in row 1" in said.out
    assert "Payment Date" in said.out


def test_templates_go_through_analyze(cardable: Run, tmp_path: Path) -> None:
    assert cardable("templates", tmp_path / "templates").code == 0
    said = cardable("analyze", tmp_path / "templates", "--out", tmp_path / "out", "--verbose")
    assert said.code == 0, said.err


def test_a_folder_that_cannot_be_written_is_said(cardable: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = cardable("example", tmp_path / "file" / "folder")
    assert said.code == 2
    assert "Name another folder" in said.err


def test_a_list_without_amounts_has_no_decimal_mark(cardable: Run, tmp_path: Path) -> None:
    names = tmp_path / "suppliers.csv"
    names.write_text("Supplier,City,Email\nKite,Leeds,a@kite.example\nLumen,York,b@lumen.example\n")
    (table,) = json.loads(cardable("inspect", names, "--json").out)["tables"]
    assert (table["date_order"], table["decimal_mark"]) == ("none", "none")
