"""The CSV templates: for each kind its headers in order, what each means, and a worked row."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """One heading of a template, the use it has, and what the worked row says in it."""

    header: str
    use: str
    required: bool = False
    worked: str = ""


@dataclass(frozen=True, kw_only=True)
class Template:
    """What to bring for one kind; `company_id` may stand in front of the columns of any kind."""

    kind: str
    file: str
    columns: tuple[TemplateColumn, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    @property
    def uses(self) -> dict[str, str]:
        """Header to use, the optional `company_id` included."""
        return {"company_id": "company_id"} | {column.header: column.use for column in self.columns}

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns if column.required)


_USES: Final = {
    "address_line_1": "address_line1",
    "address_line_2": "address_line2",
    "currency_rate": "exchange_rate",
    "total_amount": "amount",
    "note": "description",
}


def _template(kind: str, file: str, required: str, worked: dict[str, str], **uses: str) -> Template:
    """A template from its headers and worked values; headers mean themselves unless said otherwise."""
    needed = required.split()
    columns = tuple(
        TemplateColumn(
            header=header,
            use=uses.get(header, _USES.get(header, header)),
            required=header in needed,
            worked=value,
        )
        for header, value in worked.items()
    )
    return Template(kind=kind, file=file, columns=columns)


TEMPLATES: Final[dict[str, Template]] = {
    template.kind: template
    for template in (
        _template(
            "suppliers",
            "suppliers.csv",
            "supplier_id supplier_name",
            {
                "supplier_id": "SUP-001",
                "supplier_name": "Acorn Office Supply",
                "contact_name": "Maria Lopez",
                "email": "billing@acorn.example",
                "phone": "555-010-3000",
                "tax_number": "12-3400056",
                "registration_number": "",
                "account_number": "AC-2001",
                "address_line_1": "12 Harbor Street",
                "address_line_2": "Suite 3",
                "city": "Portland",
                "region": "OR",
                "postal_code": "97201",
                "country": "United States",
                "status": "Active",
                "default_currency": "USD",
            },
        ),
        _template(
            "bills",
            "bills.csv",
            "bill_id supplier_id issue_date currency total_amount",
            {
                "bill_id": "BILL-001",
                "supplier_id": "SUP-001",
                "reference": "INV-1042",
                "issue_date": "2026-03-02",
                "due_date": "2026-04-01",
                "currency": "USD",
                "currency_rate": "1",
                "total_amount": "1500.00",
                "amount_due": "400.00",
                "status": "PartiallyPaid",
                "note": "Desks and chairs",
            },
            bill_id="record_id",
            reference="document_id",
        ),
        _template(
            "payments",
            "bill_payments.csv",
            "payment_id date currency total_amount",
            {
                "payment_id": "PAY-001",
                "supplier_id": "SUP-001",
                "date": "2026-03-30",
                "currency": "USD",
                "currency_rate": "1",
                "total_amount": "1000.00",
                "payment_method": "Check",
                "account_name": "Operating Account",
                "reference": "20117",
                "note": "Part payment",
                "status": "Active",
            },
            payment_id="record_id",
            date="payment_date",
            reference="payment_reference",
        ),
        _template(
            "allocations",
            "payment_allocations.csv",
            "payment_id link_type link_id amount",
            {"payment_id": "PAY-001", "link_type": "Bill", "link_id": "BILL-001", "amount": "1000.00"},
            amount="link_amount",
        ),
        _template(
            "credit_notes",
            "bill_credit_notes.csv",
            "credit_note_id supplier_id issue_date currency total_amount",
            {
                "credit_note_id": "CN-001",
                "supplier_id": "SUP-001",
                "issue_date": "2026-03-20",
                "currency": "USD",
                "currency_rate": "1",
                "total_amount": "100.00",
                "remaining_credit": "0.00",
                "status": "Paid",
            },
            credit_note_id="record_id",
        ),
        _template(
            "expenses",
            "expenses.csv",
            "expense_id issue_date currency total_amount",
            {
                "expense_id": "EXP-001",
                "supplier_id": "SUP-001",
                "contact_name": "Acorn Office Supply",
                "issue_date": "2026-04-14",
                "currency": "USD",
                "currency_rate": "1",
                "total_amount": "85.50",
                "payment_method": "",
                "account_name": "Corporate Visa 7788",
                "reference": "R-5531",
                "note": "Printer paper",
            },
            expense_id="record_id",
            contact_name="supplier_name",
            reference="document_id",
        ),
        _template(
            "companies",
            "companies.csv",
            "company_id name",
            {
                "company_id": "lakeside",
                "name": "Lakeside Dental",
                "parent_company_id": "",
                "source_instance": "",
                "base_currency": "USD",
                "registration_number": "",
                "tax_number": "98-7600011",
                "phone": "555-010-4000",
                "address": "5 Lake Road, Portland, OR 97205, United States",
                "web_link": "https://lakeside.example",
            },
            name="company_name",
        ),
        _template(
            "imported_dates",
            "imported_dates.csv",
            "supplier_id imported_date",
            {
                "company_id": "lakeside",
                "supplier_id": "SUP-001",
                "imported_date": "2026-04-01",
                "source_instance": "",
            },
        ),
        _template(
            "exchange_rates",
            "exchange_rates.csv",
            "date from_currency to_currency rate",
            {"date": "2026-03-02", "from_currency": "EUR", "to_currency": "USD", "rate": "1.0875"},
            rate="exchange_rate",
        ),
    )
}
"""Each kind's template; the worked rows together are one tiny company."""


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write every template with its worked row into the folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(folder / template.file, template.columns) for template in TEMPLATES.values())


def _write(target: Path, columns: Sequence[TemplateColumn]) -> Path:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.header for column in columns)
        writer.writerow(column.worked for column in columns)
    return target
