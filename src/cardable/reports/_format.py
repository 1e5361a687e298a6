"""The ways a figure can be shown."""

from enum import Enum

from cardable.language import ENGLISH


class Format(Enum):
    """How the values of a column are shown."""

    TEXT = "Text"
    COUNT = "Whole number"
    MONEY = "Amount in base currency"
    AMOUNT = "Amount in the record's own currency"
    RATE = "Exchange rate"
    SHARE = "Percentage"
    DAYS = "Days, to one decimal"
    WHOLE_DAYS = "Whole days"
    DAY = "Date"
    FLAG = "Yes or No"
    LIST = "List"

    @property
    def is_number(self) -> bool:
        return self not in (Format.TEXT, Format.DAY, Format.FLAG, Format.LIST)

    def excel(self, money_digits: int) -> str:
        """The number format of a cell, where base-currency amounts have so many decimals."""
        if self is Format.MONEY:
            return "#,##0" + ("." + "0" * money_digits if money_digits else "")
        return _EXCEL.get(self, "General")


_LOCALES = {"fr-ca": "[$-C0C]"}
"""How number formats name the place whose marks they take."""


def in_language(number_format: str, language: str) -> str:
    """Excel's number format for readers of a language: French has a space before the percent sign."""
    if language == ENGLISH or number_format == "General":
        return number_format
    return _LOCALES[language] + number_format.replace("%", '"\N{NO-BREAK SPACE}"%')


_EXCEL = {
    Format.COUNT: "#,##0",
    Format.AMOUNT: "#,##0.00",
    Format.SHARE: "0.0%",
    Format.DAYS: "0.0",
    Format.WHOLE_DAYS: "0",
    Format.DAY: "yyyy-mm-dd",
}
