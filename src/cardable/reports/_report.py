"""What a report is: its name, its file and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cardable.metrics import Analysis
from cardable.reports._occasion import Occasion, usual_occasion
from cardable.reports._sheet import Sheet


def _always(_: Analysis) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Report:
    """Something people read, made from an analysis and written to one file."""

    key: str
    name: str
    file_stem: str
    extension: str
    meaning: str
    build: Callable[[Analysis, Path], None]
    sheets: tuple[Sheet, ...] = ()
    is_due: Callable[[Analysis], bool] = _always
    """Whether the analysis holds what the report tells; only Ongoing Insights ever waits."""
    occasion: Callable[[Analysis], Occasion] = usual_occasion
    """Which days it is about and which day it stands for."""
    position: int = 0
    """Where it stands among the reports."""

    def file_name(self, analysis: Analysis) -> str:
        """`{Company}_{stem}_{yyyy-MM-dd}.{extension}`, of the day the report stands for."""
        company, day = company_stem(analysis.customer.name), self.occasion(analysis).run_date
        return f"{company}_{self.file_stem}_{day.isoformat()}.{self.extension}"


def company_stem(company: str) -> str:
    """The company's name reduced to letters and digits, at most 100, of any alphabet."""
    return "".join(filter(str.isalnum, company))[:100] or "Company"
