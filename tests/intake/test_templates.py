"""The templates have the headers of the common model, and a worked row each."""

from pathlib import Path

import pytest

from cardable.intake.fields import EXTRA_FIELDS, FIELDS, KINDS
from cardable.intake.templates import TEMPLATES, write_templates

BILLS = (
    "bill_id,supplier_id,reference,issue_date,due_date,currency,currency_rate,"
    "total_amount,amount_due,status,note"
)


def test_every_kind_but_other_has_a_template() -> None:
    assert set(TEMPLATES) == set(KINDS) - {"other"}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_header_has_a_known_use_of_its_own(kind: str) -> None:
    uses = [column.use for column in TEMPLATES[kind].columns]
    assert set(uses) <= {*FIELDS, *EXTRA_FIELDS}
    assert len(set(uses)) == len(uses)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_required_header_is_worked(kind: str) -> None:
    template = TEMPLATES[kind]
    assert template.required
    assert all(column.worked for column in template.columns if column.required)


def test_the_files_hold_the_headers_and_one_row(tmp_path: Path) -> None:
    paths = write_templates(tmp_path / "templates")
    assert [path.name for path in paths][1] == "bills.csv"
    header, row = paths[1].read_text("utf-8").splitlines()
    assert (header, row.split(",")[0]) == (BILLS, "BILL-001")
    assert len(paths) == len(TEMPLATES)
