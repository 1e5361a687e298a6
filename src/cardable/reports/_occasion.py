"""The days a report is about and the day it stands for."""

from dataclasses import dataclass
from datetime import date

from cardable.metrics import Analysis


@dataclass(frozen=True)
class Occasion:
    """From `start` to `end`, as of the run on `run_date`."""

    start: date
    end: date
    run_date: date


def usual_occasion(analysis: Analysis) -> Occasion:
    """The analysis's own period and run date."""
    return Occasion(analysis.period.start, analysis.period.end, analysis.run_date)
