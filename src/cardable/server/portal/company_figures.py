"""The few figures of a company's latest Spend Analysis that its summary shows."""

from cardable.server.companies.models import Company
from cardable.server.insights.figure_rows import Totals
from cardable.server.insights.figures import Figures, NoFigures
from cardable.server.insights.models import ReportRun
from cardable.server.insights.runs import SPEND


def latest_totals(company: Company) -> Totals | None:
    """What the latest complete run says; None before the first."""
    runs = ReportRun.objects.filter(company=company, kind=SPEND, status="Complete")
    prefix = runs.order_by("-updated_at").values_list("storage_prefix", flat=True).first()
    if not prefix:
        return None
    try:
        return Figures(prefix).totals()
    except NoFigures:
        return None
