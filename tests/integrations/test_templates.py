"""The worked rows of the templates are together one tiny company whose records agree."""

from datetime import date
from pathlib import Path

import pytest

from cardable.intake.templates import TEMPLATES, write_templates
from cardable.records import Bill, BillCreditNote, BillPayment, Expense, Supplier
from tests.integrations.grids import Files, Result


@pytest.fixture
def read(files: Files, tmp_path: Path) -> Result:
    paths = write_templates(tmp_path / "templates")
    texts = zip(TEMPLATES, paths, strict=True)
    return files.read(
        *(files.template(kind, path.read_text("utf-8"), file=path.name) for kind, path in texts)
    )


def test_every_worked_row_is_accepted(read: Result) -> None:
    assert [(report.read, report.accepted) for report in read.delivery.files] == [(1, 1)] * len(TEMPLATES)
    assert not read.delivery.problems
    assert not read.delivery.notices


def test_the_rows_are_one_company(read: Result) -> None:
    (company,) = read.delivery.companies
    assert (company.id, company.name, company.base_currency) == ("lakeside", "Lakeside Dental", "USD")


def test_the_bill_is_settled_by_the_payment_the_credit_note_and_what_is_due(read: Result) -> None:
    bill, payment, note = read.only(Bill), read.only(BillPayment), read.only(BillCreditNote)
    assert bill.total_amount == payment.total_amount + note.total_amount + bill.amount_due
    assert payment.lines[0].links[0].id == bill.id


def test_every_record_names_the_supplier(read: Result) -> None:
    supplier = read.only(Supplier)
    records = [read.only(record) for record in (Bill, BillPayment, BillCreditNote, Expense)]
    assert {record.supplier_id for record in records} == {supplier.id}
    assert read.only(Expense).issue_date == date(2026, 4, 14)
