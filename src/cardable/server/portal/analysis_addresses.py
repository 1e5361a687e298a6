"""Where the figures of a company's analysis lead."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from cardable.server.companies.models import Company


@dataclass(frozen=True)
class Addresses:
    """Addresses of what is behind the figures of one company."""

    company: Company

    def suppliers(self, **asked: str) -> str:
        return _asking(reverse("analysis-suppliers", args=[self.company.id]), asked)

    def supplier(self, ref: str) -> str:
        return reverse("analysis-supplier", args=[self.company.id, ref])

    def records(self, kind: str, **asked: str) -> str:
        return _asking(reverse("analysis-records", args=[self.company.id, kind]), asked)


def _asking(address: str, asked: dict[str, str]) -> str:
    return f"{address}?{urlencode(asked)}" if asked else address
