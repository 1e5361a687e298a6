"""What was read, in words."""

from typing import Any

from cardable.server.connections.models import Upload
from cardable.server.link.summaries import of_upload


def table(accepted: int, totals: dict[str, str], notices: list[dict[str, Any]]) -> dict[str, Any]:
    read = {"accepted": accepted, "totals": totals, "first_date": None, "last_date": None, "notices": notices}
    return {"kind": "expenses", "conversion": read}


def test_rows_that_gave_way_to_a_later_sheet_count_once() -> None:
    """Eleven purchases on two sheets of one workbook: eleven, as their total says, not twenty-two."""
    again = table(11, {}, [{"code": "REPLACED", "message": "Rows gave way.", "rows": 11}])
    kept = table(11, {"CNY": "2904.53"}, [])
    (read,) = of_upload(Upload(file_name="wallet.xlsx", reading={"tables": [again, kept]}))
    assert read.rows == 11
    assert read.files == ("wallet.xlsx",)
