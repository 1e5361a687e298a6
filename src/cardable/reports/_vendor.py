"""What the vendor match files share: the suppliers shown, with the parts of their details."""

from dataclasses import replace
from threading import Lock

import duckdb
import pyarrow as pa

from cardable.metrics import Analysis
from cardable.reports import _measures as measures
from cardable.reports._format import Format
from cardable.reports._sheet import Column, Section, Sheet
from cardable.reports._vendor_parts import contact_names, country_code, emails, phone_parts, zip_plus_4

_TEXT = Format.TEXT
_PREPARING = Lock()
"""The files that share the table may be made at the same time."""

_PARTS = (
    "phone_number",
    "phone_extension",
    "email_address",
    "email_address2",
    "contact_first_name",
    "contact_last_name",
    "country_code",
    "zip_plus_4",
)


def prepare(analysis: Analysis) -> None:
    """Leave a table `vendor_rows`: the suppliers shown, their details taken apart."""
    with _PREPARING:
        connection = analysis.connection
        made = connection.execute("select 1 from duckdb_tables() where table_name = 'vendor_rows'").fetchall()
        if not made:
            _prepare(analysis, connection)


def _prepare(analysis: Analysis, connection: duckdb.DuckDBPyConnection) -> None:
    columns = "position, phone, email, contact_name, country, postal_code"
    rows = connection.execute(f"select {columns} from supplier_rows where shown").fetchall()  # noqa: S608
    parts = [(row[0], *_parts(*row[1:])) for row in rows]
    schema = pa.schema([("position", pa.int64()), *((name, pa.string()) for name in _PARTS)])
    table = pa.Table.from_pylist([dict(zip(schema.names, each, strict=True)) for each in parts], schema)
    connection.from_arrow(table).create_view("vendor_parts")
    connection.execute(
        """
        create table vendor_rows as
        select
            suppliers.*, vendor_parts.* exclude (position), $1 as currency,
            payments_amount + expenses_amount as paid_amount,
            payments_count + expenses_count as paid_count,
            bills_count + expenses_count as purchases_count,
            total_spend + if($2, payments_amount, 0) as visa_total_spend
        from supplier_rows as suppliers inner join vendor_parts using (position)
        order by position
        """,
        [analysis.base_currency, analysis.parameters.visa_counts_payments],
    )
    connection.execute("drop view vendor_parts")


def _parts(
    phone: str | None, email: str | None, contact: str | None, country: str | None, postal_code: str | None
) -> tuple[str | None, ...]:
    code = country_code(country)
    return *phone_parts(phone), *emails(email), *contact_names(contact), code, zip_plus_4(postal_code, code)


def vendor_sheet(name: str, meaning: str, *extra: Column, without: tuple[str, ...] = ()) -> Sheet:
    """The one sheet of a vendor match file: the shared columns, then its own."""
    return Sheet(
        name=name,
        meaning=meaning,
        table="vendor_rows",
        json="suppliers",
        explained=False,
        prepare=prepare,
        sections=(
            Section("Supplier", "suppliers", _SUPPLIER),
            Section("Spend", "spend", tuple(each for each in _SPEND if each.name not in without)),
            Section("Behaviour", "terms", _BEHAVIOUR),
            Section(name, "details", extra),
        ),
    )


_SUPPLIER = (
    Column("Supplier name", "supplier_name", _TEXT, "As the books have it.", "supplierName"),
    Column(
        "Address line 1", "address_line1", _TEXT, "Of the billing address, else the first.", "addressLine1"
    ),
    Column("Address line 2", "address_line2", _TEXT, "Of the same address.", "addressLine2"),
    Column("City", "city", _TEXT, "Of the same address.", "city"),
    Column("State/Region", "region", _TEXT, "Of the same address.", "region"),
    Column(
        "Postal code", "zip_plus_4", _TEXT, "US codes with their zeros, as 12345 or 12345-6789.", "postalCode"
    ),
    Column("Country", "country", _TEXT, "As recorded, name or code.", "country"),
    Column("Phone", "phone_number", _TEXT, "Without its extension.", "phone"),
    Column("Email", "email_address", _TEXT, "The first address, where there are several.", "emailAddress"),
    Column("Contact name", "contact_name", _TEXT, "As recorded.", "contactName"),
    Column("Tax ID", "tax_number", _TEXT, "As recorded.", "taxNumber"),
)
_SPEND = (
    measures.BILLS_AMOUNT,
    measures.BILLS_COUNT,
    measures.PAYMENTS_AMOUNT,
    measures.PAYMENTS_COUNT,
    measures.EXPENSES_AMOUNT,
    measures.EXPENSES_COUNT,
    measures.TOTAL_SPEND,
)
_BEHAVIOUR = (
    measures.INFERRED_METHOD,
    measures.ACCEPTS_CREDIT_CARD,
    measures.AVERAGE_TERMS,
    measures.AVERAGE_SETTLEMENT,
    measures.LATEST_BILL,
    Column("Currency", "currency", _TEXT, "The base currency of every amount.", "currency"),
)

VENDOR_ID = Column("Vendor ID", "supplier_id", _TEXT, "The supplier's ID in the books.", "vendorId")
SUPPLIER_ID = replace(VENDOR_ID, name="Supplier ID", json="supplierId")
