"""The list of companies: hierarchies of any depth, searched, filtered and sorted, a page at a time.

However many companies there are, a page takes the same few queries and holds a bounded number of rows.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from cardable.language import noted
from cardable.server.companies.access import companies_of, is_narrowed, tops_of
from cardable.server.companies.models import Company
from cardable.server.companies.search import above, below, hits, tops
from cardable.server.organizations.models import Member

SORTS = {"name": "folded_name", "created": "created_at", "synced": "last_sync_at"}
NEWEST = "-created"
STATUSES = ("Linked", "Partial", "Pending", "Deauthorized", "Unlinked", noted("No connections"))
PAGE_ROWS = 50
CHILDREN = 100
"""So many subsidiaries of one company are shown in place; its own page has the others."""
FAMILY_ROWS = 200
_LEFT_OUT = ("description", "tags", "subscriptions")


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is asked of the list; everything in it is in the page's address."""

    text: str = ""
    status: str = ""
    sort: str = NEWEST
    within: uuid.UUID | None = None
    """Only what lies below this company."""
    opened: frozenset[uuid.UUID] = frozenset()
    """Parents shown with all their subsidiaries."""
    shut: frozenset[uuid.UUID] = frozenset()
    """Parents shown without them, though a subsidiary matches."""
    after: uuid.UUID | None = None
    only: uuid.UUID | None = None
    """One topmost row and what is shown below it."""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text.strip() or self.status)

    @property
    def field(self) -> str:
        return SORTS[self.sort.lstrip("-")]

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A company on its line; or, where `rest` is not 0, how many more subsidiaries it has."""

    company: Company
    depth: int
    is_open: bool = False
    rest: int = 0


@dataclass(frozen=True)
class Listing:
    """A page of the list: each topmost company with the rows below it, and where the next page begins."""

    families: tuple[tuple[Row, ...], ...]
    total: int
    next: uuid.UUID | None


def listing(member: Member, query: Query) -> Listing:
    """The topmost companies of this page, and what is shown below each."""
    found = hits(member, query.text, query.status) if query.is_narrowed else None
    all_tops = _tops(member, query, found)
    if query.only:
        shown = list(all_tops.filter(id=query.only))
        if not shown:
            raise Http404
        total = 0
    else:
        total, shown = _page(member, query, all_tops)
    children = _children(member, query, found, shown[:PAGE_ROWS])
    families, next = _fitting([_family(top, children, query) for top in shown])
    return Listing(families, total, next)


def _tops(member: Member, query: Query, found: QuerySet[Company] | None) -> QuerySet[Company]:
    if query.within is None and is_narrowed(member):
        mine = tops_of(member).defer(*_LEFT_OUT)
        return mine if found is None else mine.filter(above(found))
    companies = companies_of(member).defer(*_LEFT_OUT)
    if found is None:
        return companies.filter(parent_id=query.within)
    return companies.filter(tops(found, query.within))


def _page(member: Member, query: Query, all_tops: QuerySet[Company]) -> tuple[int, list[Company]]:
    """How many topmost companies there are, and those of this page with one more where more follow."""
    page = (_after(all_tops, member, query) if query.after else all_tops).order_by(*_order(query))
    if query.after or not query.is_narrowed:
        return all_tops.count(), list(page[: PAGE_ROWS + 1])
    # What was searched for is gone through once, for the number and for the page.
    found: list[Any] = list(page.annotate(total=Window(Count("id")))[: PAGE_ROWS + 1])
    return found[0].total if found else 0, found


def _order(query: Query) -> tuple[Any, ...]:
    nulls_last = True if query.field == "last_sync_at" else None
    key = F(query.field)
    return (key.desc(nulls_last=nulls_last) if query.is_descending else key.asc(nulls_last=nulls_last), "id")


def _after(companies: QuerySet[Company], member: Member, query: Query) -> QuerySet[Company]:
    """The rows that follow the one the last page ended with."""
    last = companies_of(member).filter(id__in=[query.after]).values_list(query.field, flat=True).first()
    field = query.field
    if last is None and field != "last_sync_at":
        return companies.none()
    if last is None:
        return companies.filter(Q(**{field: None}) & Q(id__gt=query.after))
    beyond = Q(**{f"{field}__{'lt' if query.is_descending else 'gt'}": last})
    beyond |= Q(**{field: last}) & Q(id__gt=query.after)
    return companies.filter(beyond | Q(**{field: None}) if field == "last_sync_at" else beyond)


def _children(
    member: Member, query: Query, found: QuerySet[Company] | None, shown: Sequence[Company]
) -> Mapping[uuid.UUID | None, list[Any]]:
    """Subsidiaries to show, by their parent: all of an opened one, else those that lead to a hit."""
    wanted = Q(parent_id__in=query.opened) if query.opened else Q()
    if found is not None:
        wanted |= Q(below(found, [top.id for top in shown if top.children_count]))
    by_parent: dict[uuid.UUID | None, list[Any]] = defaultdict(list)
    if not wanted:
        return by_parent
    numbered = companies_of(member).defer(*_LEFT_OUT).filter(wanted)
    of_one_parent: dict[str, Any] = {"partition_by": [F("parent_id")]}
    numbered = numbered.annotate(
        place=Window(RowNumber(), order_by=_order(query), **of_one_parent),
        siblings=Window(Count("id"), **of_one_parent),
    )
    for child in numbered.filter(place__lte=CHILDREN).order_by("place"):
        by_parent[child.parent_id].append(child)
    return by_parent


def _family(top: Company, children: Mapping[uuid.UUID | None, list[Any]], query: Query) -> tuple[Row, ...]:
    rows = list(_rows(top, 0, children, query))
    if len(rows) > FAMILY_ROWS:
        rows[FAMILY_ROWS:] = [Row(company=top, depth=1, rest=len(rows) - FAMILY_ROWS)]
    return tuple(rows)


def _rows(
    company: Company, depth: int, children: Mapping[uuid.UUID | None, list[Any]], query: Query
) -> Iterator[Row]:
    below = [] if company.id in query.shut else children.get(company.id, [])
    yield Row(company=company, depth=depth, is_open=bool(below))
    for child in below:
        yield from _rows(child, depth + 1, children, query)
    if below and below[0].siblings > len(below):
        yield Row(company=company, depth=depth + 1, rest=below[0].siblings - len(below))


def _fitting(
    families: Sequence[tuple[Row, ...]],
) -> tuple[tuple[tuple[Row, ...], ...], uuid.UUID | None]:
    """As many families as fit on a page, and the last one's id where more follow."""
    taken: list[tuple[Row, ...]] = []
    rows = 0
    for family in families[:PAGE_ROWS]:
        if taken and rows + len(family) > 2 * PAGE_ROWS:
            break
        taken.append(family)
        rows += len(family)
    return tuple(taken), taken[-1][0].company.id if len(taken) < len(families) else None
