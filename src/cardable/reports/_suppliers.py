"""The columns of a supplier list: Supplier Analysis, and the New Suppliers of Ongoing Insights."""

from dataclasses import replace

from cardable.language import noted
from cardable.reports import _measures as measures
from cardable.reports._format import Format
from cardable.reports._sheet import Column, Section

SECTIONS = (
    Section(
        "Suppliers",
        "suppliers",
        (
            Column("Supplier name", "supplier_name", Format.TEXT, "As the books have it.", "supplierName"),
            Column(
                "Most common payment method (ERP)",
                "erp_method",
                Format.TEXT,
                "The method that most of the supplier's payments and expenses record.",
                "erpPaymentMethod",
            ),
            measures.INFERRED_METHOD,
            measures.ACCEPTS_CREDIT_CARD,
            Column(
                "Imported date",
                "imported_date",
                Format.DAY,
                "Day of the first Spend Analysis of this company in which the supplier appeared.",
                "importedDate",
            ),
        ),
    ),
    Section("Total spend", "spend", (measures.TOTAL_SPEND,)),
    Section(
        "Bills",
        "bills",
        (
            measures.BILLS_COUNT,
            measures.OUTSTANDING_COUNT,
            measures.BILLS_AMOUNT,
            measures.OUTSTANDING_AMOUNT,
            replace(measures.OUTSTANDING_SHARE, name=noted("% of bills outstanding (by amount)")),
            measures.LATE_COUNT,
            measures.LATE_AMOUNT,
            measures.LATE_SHARE,
            measures.LATEST_BILL,
        ),
    ),
    Section(
        "Payments",
        "payments",
        (measures.PAYMENTS_COUNT, measures.PAYMENTS_AMOUNT, measures.AVERAGE_PAYMENT),
    ),
    Section(
        "Payment terms",
        "terms",
        (measures.AVERAGE_TERMS, measures.COMMON_TERMS, measures.AVERAGE_SETTLEMENT),
    ),
    Section(
        "Expenses",
        "expenses",
        (measures.EXPENSES_COUNT, measures.EXPENSES_AMOUNT, measures.LATEST_EXPENSE),
    ),
    Section(
        "Supplier details",
        "details",
        (
            Column(
                "Supplier ID", "supplier_id", Format.TEXT, "The supplier's ID in the books.", "supplierId"
            ),
            Column("Contact name", "contact_name", Format.TEXT, "Whom to ask for.", "contactName"),
            Column("Email", "email", Format.TEXT, "One address or several, as recorded.", "emailAddress"),
            Column("Phone", "phone", Format.TEXT, "As recorded, extension included.", "phoneNumber"),
            Column("Tax number", "tax_number", Format.TEXT, "As recorded.", "taxNumber"),
            Column("Address line 1", "address_line1", Format.TEXT, "Of the billing address, else the first."),
            Column("Address line 2", "address_line2", Format.TEXT, "Of the same address."),
            Column("City", "city", Format.TEXT, "Of the same address."),
            Column("Region", "region", Format.TEXT, "State, province or county of the same address."),
            Column("Postal code", "postal_code", Format.TEXT, "As recorded; leading zeros are kept."),
            Column("Country", "country", Format.TEXT, "As recorded, name or code."),
            Column("Status", "status", Format.TEXT, "Active or Archived in the books.", "status"),
            Column(
                "Entities",
                "entities",
                Format.TEXT,
                "Names of the group's companies that deal with the supplier.",
                "entities",
                groups_only=True,
            ),
        ),
    ),
)
"""Supplier Analysis in order, a section to a colour."""

ONLY_JSON = (
    Column(
        "Most common payment method by amount",
        "biggest_spend_method",
        Format.TEXT,
        "As inferred, by amount before count.",
        "biggestSpendPaymentMethod",
    ),
    Column("Addresses", "addresses", Format.LIST, "Every address of the supplier.", "addresses"),
)
"""What JSON tells of a supplier beside the columns."""
