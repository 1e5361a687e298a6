"""What is said of rows that lack a value: what there is not, and what to do."""

from dataclasses import dataclass
from typing import Final

from cardable.language import noted


@dataclass(frozen=True)
class Gap:
    """The sentences about one thing that every row needs."""

    wrong: str
    fill: str
    """What to do where there is a column for it."""
    bring: str
    """What to do where there is none."""


GAPS: Final = {
    "date": Gap(
        noted("There is no date."),
        noted("Fill in the date in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the date of each row, such as “Payment date”."),
    ),
    "amount": Gap(
        noted("There is no amount."),
        noted("Fill in the amount in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the amount of each row."),
    ),
    "supplier": Gap(
        noted("There is no supplier."),
        noted("Fill in the supplier in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the supplier of each row."),
    ),
    "payment ID": Gap(
        noted("There is no payment ID."),
        noted("Fill in the payment ID in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the payment ID of each row."),
    ),
    "company": Gap(
        noted("There is no company."),
        noted("Fill in the company in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the company of each row."),
    ),
    "supplier ID": Gap(
        noted("There is no supplier ID."),
        noted("Fill in the supplier ID in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the supplier ID of each row."),
    ),
    "currency": Gap(
        noted("There is no currency."),
        noted("Fill in the currency in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the currency of each row."),
    ),
    "rate above zero": Gap(
        noted("There is no rate above zero."),
        noted("Fill in the rate above zero in “{column}”, or leave the row out."),
        noted("Bring an export with a column for the rate above zero of each row."),
    ),
}
"""By the name of the thing, as the requirements call it."""
