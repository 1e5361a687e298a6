"""A mapping that somebody confirmed reaches the process that reads the file."""

from pathlib import Path

from cardable import intake
from cardable.intake.mappings import SavedMapping


def test_a_confirmed_mapping_ends_guessing(tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Wer,Wann,Wieviel,Foo\nPacific Paper,2026-09-03,12.00,9.00\n", "utf-8")
    uses = {"wer": "supplier_name", "wann": "issue_date", "wieviel": None, "foo": "amount"}
    mapping = SavedMapping(name="what we agreed", kind="bills", uses=uses, required=frozenset(uses))
    (reading,) = intake.read([file], tmp_path / "work", mappings=[mapping])
    assert reading.refusal is None
    assert reading.tables[0].kind == "bills"
    assert [column.use for column in reading.tables[0].columns] == list(uses.values())
