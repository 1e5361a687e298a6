"""PayTech: the supplier list that PayTech matches against who accepts cards."""

from cardable.reports._report import Report
from cardable.reports._vendor import VENDOR_ID, vendor_sheet
from cardable.reports._workbook import workbook

SHEET = vendor_sheet("PayTech", "The suppliers of Supplier Analysis, for PayTech.", VENDOR_ID)

REPORT = Report(
    key="paytech",
    name="PayTech",
    file_stem="PayTech",
    extension="xlsx",
    position=5,
    meaning="The suppliers in PayTech's layout, to be matched against who accepts cards.",
    sheets=(SHEET,),
    build=workbook("PayTech", (SHEET,)),
)
