"""How different software writes the same reports: headings, dates, numbers, delimiters."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Style:
    """The dress of an export: for each report, what its columns are called, in order."""

    headers: dict[str, dict[str, str]]
    dates: str = "%Y-%m-%d"
    decimal_mark: str = "."
    delimiter: str = ","
    encoding: str = "utf-8"


STYLES = {
    "plain": Style(
        headers={
            "suppliers": {
                "supplier_id": "Vendor ID",
                "supplier_name": "Vendor name",
                "contact_name": "Contact",
                "email": "Email",
                "phone": "Phone",
                "address": "Address",
                "city": "City",
                "region": "State",
                "postal_code": "ZIP code",
            },
            "bills": {
                "bill_id": "Bill number",
                "supplier_id": "Vendor ID",
                "supplier_name": "Vendor name",
                "issue_date": "Bill date",
                "due_date": "Due date",
                "currency": "Currency",
                "amount": "Total amount",
                "amount_due": "Amount due",
                "status": "Status",
            },
            "payments": {
                "payment_id": "Payment number",
                "supplier_id": "Vendor ID",
                "supplier_name": "Vendor name",
                "payment_date": "Payment date",
                "currency": "Currency",
                "amount": "Payment amount",
                "method": "Payment method",
                "account": "Bank account",
                "bill_id": "Bill number",
            },
            "expenses": {
                "expense_id": "Expense number",
                "supplier_id": "Vendor ID",
                "supplier_name": "Vendor name",
                "issue_date": "Date",
                "currency": "Currency",
                "amount": "Amount",
                "method": "Payment method",
                "account": "Bank account",
            },
        },
    ),
    "words": Style(
        headers={
            "suppliers": {
                "supplier_id": "Supplier No.",
                "supplier_name": "Supplier",
                "email": "E-mail address",
                "phone": "Telephone",
                "address": "Street",
                "city": "Town",
                "postal_code": "Postcode",
            },
            "bills": {
                "bill_id": "Invoice No.",
                "supplier_id": "Supplier No.",
                "supplier_name": "Supplier",
                "issue_date": "Invoice Date",
                "due_date": "Due Date",
                "currency": "Ccy",
                "amount": "Gross Amount",
                "amount_due": "Outstanding",
                "status": "Status",
            },
            "payments": {
                "payment_id": "Payment Ref",
                "supplier_id": "Supplier No.",
                "supplier_name": "Supplier",
                "payment_date": "Paid On",
                "currency": "Ccy",
                "amount": "Amount Paid",
                "method": "Paid By",
                "bill_id": "Invoice No.",
            },
            "expenses": {
                "expense_id": "Transaction No.",
                "supplier_name": "Supplier",
                "issue_date": "Transaction Date",
                "currency": "Ccy",
                "amount": "Amount",
                "method": "Paid By",
                "account": "Account",
            },
        },
        dates="%m/%d/%Y",
    ),
    "german": Style(
        headers={
            "suppliers": {
                "supplier_id": "Kreditorennummer",
                "supplier_name": "Lieferant",
                "contact_name": "Ansprechpartner",
                "email": "E-Mail",
                "phone": "Telefon",
                "address": "Straße",
                "city": "Ort",
                "postal_code": "PLZ",
            },
            "bills": {
                "bill_id": "Rechnungsnummer",
                "supplier_id": "Kreditorennummer",
                "supplier_name": "Lieferant",
                "issue_date": "Rechnungsdatum",
                "due_date": "Fälligkeitsdatum",
                "currency": "Währung",
                "amount": "Bruttobetrag",
                "amount_due": "Offener Betrag",
            },
            "payments": {
                "payment_id": "Zahlungsnummer",
                "supplier_id": "Kreditorennummer",
                "supplier_name": "Lieferant",
                "payment_date": "Zahlungsdatum",
                "currency": "Währung",
                "amount": "Betrag",
                "method": "Zahlungsart",
                "bill_id": "Rechnungsnummer",
            },
            "expenses": {
                "expense_id": "Belegnummer",
                "supplier_name": "Lieferant",
                "issue_date": "Belegdatum",
                "currency": "Währung",
                "amount": "Betrag",
                "method": "Zahlungsart",
            },
        },
        dates="%d.%m.%Y",
        decimal_mark=",",
        delimiter=";",
        encoding="cp1252",
    ),
    "spend": Style(
        headers={
            "payments": {
                "payment_date": "Payment Date",
                "supplier_name": "Vendor Name",
                "amount": "Amount",
                "method": "Payment Type",
                "payment_id": "Reference",
            },
        },
        dates="%m/%d/%Y",
    ),
}
