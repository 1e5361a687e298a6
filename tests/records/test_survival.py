"""A record survives Parquet and JSON unchanged."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cardable import snapshots
from cardable.records import RECORD_TYPES, exact_json
from cardable.records.wire import from_wire, to_wire
from tests.records.strategies import any_record, records_of


@given(any_record())
@settings(max_examples=150, deadline=None)
def test_a_record_survives_json(record: Any) -> None:
    text = exact_json.dumps(to_wire(record))
    assert from_wire(type(record), exact_json.loads(text)) == record


@given(st.fixed_dictionaries({kind: st.lists(records_of(kind), max_size=2) for kind in RECORD_TYPES}))
@settings(max_examples=8, deadline=None)
def test_records_survive_parquet(tables: dict[type[Any], list[Any]]) -> None:
    with TemporaryDirectory() as folder:
        snapshot = snapshots.write(Path(folder) / "snapshot", tables)
        assert {kind: list(snapshot.read(kind)) for kind in tables} == tables
