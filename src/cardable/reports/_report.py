"""What a report is: its name, its file and how it is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cardable.language import ENGLISH
from cardable.metrics import Analysis
from cardable.reports._occasion import Occasion, usual_occasion
from cardable.reports._sheet import Sheet


def _always(_: Analysis) -> bool:
    return True


class Build(Protocol):
    """What writes a report of an analysis in a language; several languages take one analysis."""

    def __call__(self, analysis: Analysis, path: Path, language: str = ENGLISH, /) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Report:
    """Something people read, made from an analysis and written to one file."""

    key: str
    name: str
    file_stem: str
    extension: str
    meaning: str
    build: Build
    sheets: tuple[Sheet, ...] = ()
    is_due: Callable[[Analysis], bool] = _always
    """Whether the analysis holds what the report tells; only Ongoing Insights ever waits."""
    occasion: Callable[[Analysis], Occasion] = usual_occasion
    """Which days it is about and which day it stands for."""
    position: int = 0
    """Where it stands among the reports."""

    @property
    def is_for_programs(self) -> bool:
        """Whether programs read it, in English whatever people read."""
        return bool(self.sheets) and not any(sheet.explained for sheet in self.sheets)

    def languages(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """The languages it is made in where people want these."""
        return (ENGLISH,) if self.is_for_programs else tuple(wanted)

    def file_name(self, analysis: Analysis, language: str = ENGLISH) -> str:
        """`{Company}_{stem}_{yyyy-MM-dd}.{extension}`, of the day the report stands for."""
        company, day = company_stem(analysis.customer.name), self.occasion(analysis).run_date
        return f"{company}_{self.file_stem}{language_mark(language)}_{day.isoformat()}.{self.extension}"


def language_mark(language: str) -> str:
    """What a file in this language has in its name, `_fr`; English ones have nothing."""
    return "" if language == ENGLISH else f"_{language.partition('-')[0]}"


def company_stem(company: str) -> str:
    """The company's name reduced to letters and digits, at most 100, of any alphabet."""
    return "".join(filter(str.isalnum, company))[:100] or "Company"
