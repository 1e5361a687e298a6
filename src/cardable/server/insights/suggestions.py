"""Suppliers in the data that an issuer usually excludes: nobody takes taxes, wages or loans by card."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from cardable.metrics import Exclusion
from cardable.metrics.exclusions import excluded
from cardable.metrics.normalise import normalised
from cardable.server.companies.models import Company
from cardable.server.insights.figures import Figures, NoFigures
from cardable.server.insights.models import ReportRun
from cardable.server.insights.runs import SPEND

MOST_SHOWN = 30
_RUNS_READ = 12
_SUFFIXES = frozenset(
    [
        "inc",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "gmbh",
        "ag",
        "sa",
        "sas",
        "sarl",
        "bv",
        "plc",
        "lp",
        "llp",
        "group",
    ]
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A supplier that could be excluded by its name, and why."""

    name: str
    reason: str
    spend: Decimal
    currency: str
    company: str
    """Whose books it is in."""


def suggestions(companies: Iterable[Company], exclusions: Iterable[Exclusion]) -> list[Suggestion]:
    """Cardable suppliers of the latest reports that no exclusion names yet, largest spend first."""
    chosen = {company.id: company for company in companies}
    runs = ReportRun.objects.filter(company_id__in=chosen, kind=SPEND, status="Complete")
    latest = runs.order_by("company_id", "-requested_at").distinct("company_id")
    recent = sorted(latest, key=lambda run: run.updated_at, reverse=True)[:_RUNS_READ]
    own_names = {_plain(company.name) for company in chosen.values()} - {""}
    found: dict[str, Suggestion] = {}
    for run in recent:
        for each in _of(run, chosen[run.company_id], own_names):
            known = found.get(each.name)
            if known is None or known.spend < each.spend:
                found[each.name] = each
    names = list(found)
    told = {place for place, _ in excluded([(n, "", name) for n, name in enumerate(names)], list(exclusions))}
    kept = [found[name] for place, name in enumerate(names) if place not in told]
    return sorted(kept, key=lambda each: (-each.spend, each.name))[:MOST_SHOWN]


def reason_for(name: str, own_names: Iterable[str] = ()) -> str:
    """Why a supplier of this name is usually excluded; empty where it is not."""
    plain = f" {normalised(name)} "
    if any(_plain(name).startswith(own) for own in own_names if len(own) > 3):
        return "Intercompany"
    return next((reason for reason, words in _groups() if any(f" {word} " in plain for word in words)), "")


def _of(run: ReportRun, company: Company, own_names: Iterable[str]) -> Iterable[Suggestion]:
    figures = Figures(run.storage_prefix)
    question = (
        "select supplier_name, total_spend from supplier_rows"
        " where verdict = 'cardable' and supplier_name is not null"
    )
    try:
        currency = figures.totals().base_currency
        with figures.answer(question) as answer:
            rows = answer.fetchall()
    except NoFigures:
        return
    for name, spend in rows:
        if reason := reason_for(name, own_names):
            yield Suggestion(name, reason, spend, currency, company.name)


def _plain(name: str) -> str:
    """A company's name without its legal form."""
    words = normalised(name).split()
    while words and words[-1] in _SUFFIXES:
        words.pop()
    return " ".join(words)


@cache
def _groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    told = tomllib.loads(files(__package__).joinpath("exclusion_words.toml").read_text("utf-8"))
    return tuple((group["reason"], tuple(group["words"])) for group in told["group"])
