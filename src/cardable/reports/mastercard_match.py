"""Mastercard Match: the supplier list that Mastercard matches against who accepts its cards."""

from cardable.reports._format import Format
from cardable.reports._report import Report
from cardable.reports._sheet import Column
from cardable.reports._vendor import SUPPLIER_ID, vendor_sheet
from cardable.reports._workbook import workbook

SHEET = vendor_sheet(
    "Mastercard Match",
    "The suppliers of Supplier Analysis, for Mastercard.",
    Column(
        "Bill payments and direct costs amount",
        "paid_amount",
        Format.MONEY,
        "Payments amount plus Expenses amount.",
        "billPaymentsAndDirectCostsAmount",
    ),
    Column(
        "Bill payments and direct costs count",
        "paid_count",
        Format.COUNT,
        "# of payments plus # of Expenses.",
        "billPaymentsAndDirectCostsCount",
    ),
    Column(
        "Purchase order count",
        "null::varchar",
        Format.TEXT,
        "Always empty: orders are not read.",
        "purchaseOrderCount",
    ),
    SUPPLIER_ID,
)

REPORT = Report(
    key="mastercard-match",
    name="Mastercard Match",
    file_stem="MastercardMatch",
    extension="xlsx",
    position=4,
    meaning="The suppliers in Mastercard's layout, to be matched against who accepts its cards.",
    sheets=(SHEET,),
    build=workbook("Mastercard Match", (SHEET,)),
)
