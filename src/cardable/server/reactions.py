"""When this happens, do that: every reaction, in the transaction of what it reacts to."""

import uuid

from cardable.server.companies.models import Company
from cardable.server.companies.tree import ancestor_ids
from cardable.server.connections import entities, status
from cardable.server.connections.models import Connection
from cardable.server.events import when
from cardable.server.events.models import Event
from cardable.server.insights import runs


@when(
    "company.created",
    "company.moved",
    "company.subsidiary.left",
    "company.deleted",
    "company.subsidiary.deleted",
)
def add_up_connections(event: Event) -> None:
    """Companies above one that came, went or moved count it anew."""
    company = _company(event)
    if company is None:
        return
    if company.deleting_since is None:
        status.refresh(company)
    elif company.parent and company.parent.deleting_since is None:
        status.refresh(company.parent)


@when("read.completed", "read.completed.initial", "data.chosen")
def make_reports(event: Event) -> None:
    """New data makes new reports, for the company at once and for those above it before long."""
    company = _company(event)
    if company is None:
        return
    runs.request_run(company)
    # Entities come with their origin's data, and those above that hear of it once.
    told = _told_by_origin(company)
    for ancestor in _above(company):
        if ancestor.id not in told:
            runs.request_ancestor_run(ancestor)


@when("company.deleted")
def share_no_more(event: Event) -> None:
    """An entity whose company goes is not brought again with newer files."""
    if event.company_id:
        entities.forget_company(event.company_id)


@when("company.subsidiary.left_out")
def make_reports_without(event: Event) -> None:
    """A group one of whose entities was left out is reported on anew."""
    company = _company(event)
    for each in (company, *_above(company)) if company else ():
        if runs.has_data(each):
            runs.request_ancestor_run(each)


@when("company.moved", "company.subsidiary.left")
def make_group_reports(event: Event) -> None:
    """A group that gained or lost a subsidiary is reported on anew."""
    company = _company(event)
    if company is None:
        return
    affected = [company, *_above(company)] if event.kind == "company.subsidiary.left" else _above(company)
    for each in affected:
        if runs.has_data(each):
            runs.request_ancestor_run(each)


@when("company.subsidiary.deleted", "connection.deleted", "company.data.removed")
def forget_reports(event: Event) -> None:
    """Reports made of data that is gone go too."""
    company = _company(event)
    if company:
        for each in (company, *_above(company)):
            runs.forget_reports(each)


def _company(event: Event) -> Company | None:
    found = Company.objects.select_related("parent", "organization")
    return found.filter(id=event.company_id).first() if event.company_id else None


def _told_by_origin(company: Company) -> set[uuid.UUID]:
    """The companies whose own data came along with this one's, and those above them."""
    held = Connection.objects.filter(company=company, counted_since__isnull=False)
    latest = held.select_related("origin").order_by("-counted_since").first()
    if latest is None or latest.origin is None:
        return set()
    return {latest.origin.company_id, *ancestor_ids(latest.origin.company_id)}


def _above(company: Company) -> list[Company]:
    found = {each.id: each for each in Company.objects.filter(id__in=ancestor_ids(company.id))}
    return [found[each] for each in ancestor_ids(company.id)]
