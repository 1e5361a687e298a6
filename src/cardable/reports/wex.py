"""Wex: the supplier list that WEX matches against who accepts its cards."""

from cardable.reports._format import Format
from cardable.reports._report import Report
from cardable.reports._sheet import Column
from cardable.reports._vendor import vendor_sheet
from cardable.reports._workbook import workbook

_TEXT = Format.TEXT

SHEET = vendor_sheet(
    "Wex Vendor",
    "The suppliers of Supplier Analysis, for WEX.",
    Column("Phone extension", "phone_extension", _TEXT, "The digits after x or ext.", "phoneExtension"),
    Column("Supplier contact name", "contact_name", _TEXT, "As recorded.", "supplierContactName"),
    Column(
        "Contact first name",
        "contact_first_name",
        _TEXT,
        "Of “Last, First”, else the first word.",
        "contactFirstName",
    ),
    Column(
        "Contact last name", "contact_last_name", _TEXT, "Of “Last, First”, else the rest.", "contactLastName"
    ),
    Column(
        "Email address 2",
        "email_address2",
        _TEXT,
        "The second address, where there are several.",
        "emailAddress2",
    ),
    Column("Supplier account number", "account_number", _TEXT, "As recorded.", "supplierAccountNumber"),
    Column(
        "Number of transactions",
        "purchases_count",
        Format.COUNT,
        "# of bills plus # of Expenses.",
        "numberOfTransactions",
    ),
)

REPORT = Report(
    key="wex",
    name="Wex",
    file_stem="Wex",
    extension="xlsx",
    position=7,
    meaning="The suppliers in WEX's layout, to be matched against who accepts its cards.",
    sheets=(SHEET,),
    build=workbook("Wex Vendor", (SHEET,)),
)
