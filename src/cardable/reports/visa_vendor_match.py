"""Visa Vendor Match: the supplier list that Visa matches against who accepts its cards."""

from cardable.reports._format import Format
from cardable.reports._report import Report
from cardable.reports._sheet import Column
from cardable.reports._vendor import VENDOR_ID, vendor_sheet
from cardable.reports._workbook import workbook

SHEET = vendor_sheet(
    "Visa Vendor Match",
    "The suppliers of Supplier Analysis, for Visa.",
    Column(
        "ZIP+4", "zip_plus_4", Format.TEXT, "US codes as 12345 or 12345-6789, others as recorded.", "zipPlus4"
    ),
    Column("Country code", "country_code", Format.TEXT, "ISO alpha-2; blank where not known.", "countryCode"),
    VENDOR_ID,
    Column(
        "Number of checks",
        "transactions_12_months_count",
        Format.COUNT,
        "Payments and expenses of the 12 months to the end date, by whatever method.",
        "numberOfChecks",
    ),
    Column(
        "Total spend",
        "visa_total_spend",
        Format.MONEY,
        "Bills plus expenses plus bill payments, as Visa asks; an issuer may leave the payments out.",
        "totalSpend",
    ),
    without=("Total spend",),
)

REPORT = Report(
    key="visa-vendor-match",
    name="Visa Vendor Match",
    file_stem="VisaVendorMatch",
    extension="xlsx",
    position=6,
    meaning="The suppliers in Visa's layout, to be matched against who accepts its cards.",
    sheets=(SHEET,),
    build=workbook("Visa Vendor Match", (SHEET,)),
)
