"""The table of companies as pages show it, on the Companies tab and among a company's subsidiaries."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.metrics.normalise import folded
from cardable.server.companies.listing import NEWEST, SORTS, STATUSES, Listing, Query, Row, listing
from cardable.server.companies.models import Company
from cardable.server.companies.search import SEARCHED
from cardable.server.organizations.access import member_of
from cardable.server.portal.columns import Choice, choice_of, shown_columns
from cardable.server.ui.statuses import status_words
from cardable.server.ui.templatetags.ui import again

PILLS = 2
_LONGEST_TEXT = 200
_MOST_OPENED = 100
_FIXED_COLUMNS = 3
DEEPEST_INDENT = 6
_ORDERS = {
    "name": _("by name"),
    "-name": _("by name, Z first"),
    "created": _("oldest first"),
    "-created": _("newest first"),
    "synced": _("longest without a sync first"),
    "-synced": _("latest sync first"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row of the table, and where its parts lead."""

    company: Company
    id: str
    hex: str
    name: SafeString
    """Escaped once, since a row holds it many times."""
    href: str
    """The company's own page; its other pages and windows lie below it."""
    depth: int
    is_open: bool
    rest: int
    rest_href: str
    toggle_href: str
    """The whole page with this row opened or shut."""
    toggle_here: str
    """The same for its family only, which takes the family's place."""
    connected: str
    pills: tuple[dict[str, Any], ...]
    more_pills: str
    """The platforms that have no pill."""


@dataclass(frozen=True, kw_only=True)
class CompanyTable:
    """A page of companies, with all its controls."""

    query: Query
    families: tuple[tuple[Line, ...], ...]
    total: int
    more_href: str
    columns: frozenset[str]
    choice: Choice
    path: str
    caption: str

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The states one may ask for."""
        return (("", gettext("All")), *((status, status_words(status)) for status in STATUSES))

    @property
    def searched(self) -> tuple[str, ...]:
        """What a search looks into."""
        return tuple(gettext(each) for each in SEARCHED)

    @property
    def width(self) -> int:
        return _FIXED_COLUMNS + len(self.columns)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to list, however one searched."""
        return not self.families and not self.query.is_narrowed and not self.query.after


def company_table(request: HttpRequest, *, of: str = "", within: Company | None = None) -> CompanyTable:
    """The table that a page's address asks for."""
    member = member_of(request)
    query = query_of(request.GET, within.id if within else None)
    found = listing(member, query)
    return CompanyTable(
        query=query,
        families=_families(found, query),
        total=found.total,
        more_href=_href(replace(query, after=found.next)) if found.next else "",
        columns=shown_columns(member),
        choice=choice_of(member),
        path=request.get_full_path(),
        caption=f"{of or gettext('Companies')}, {_ORDERS[query.sort]}",
    )


def table_page(request: HttpRequest, template: str, table: CompanyTable, **context: Any) -> HttpResponse:
    """The page with the table; where htmx took one family from it, the browser's address follows."""
    response = render(request, template, {"table": table, **context})
    htmx = getattr(request, "htmx", None)
    if htmx and table.query.only:
        response["HX-Replace-Url"] = _followed(htmx.current_url or "", request.path, table)
    return response


def query_of(given: Any, within: uuid.UUID | None = None) -> Query:
    """What an address asks of the list; what it cannot mean is left out."""
    sort, status = given.get("sort", ""), given.get("status", "")
    return Query(
        text=given.get("q", "").strip()[:_LONGEST_TEXT].replace("\0", ""),
        status=status if status in STATUSES else "",
        sort=sort if sort.removeprefix("-") in SORTS else NEWEST,
        within=within,
        opened=frozenset(_ids(given.get("open", ""))),
        shut=frozenset(_ids(given.get("shut", ""))),
        after=next(_ids(given.get("after", "")), None),
        only=next(_ids(given.get("only", "")), None),
    )


def _ids(text: str) -> Iterator[uuid.UUID]:
    for word in text.split(".")[:_MOST_OPENED]:
        try:
            yield uuid.UUID(word)
        except ValueError:
            continue


def _families(found: Listing, query: Query) -> tuple[tuple[Line, ...], ...]:
    return tuple(tuple(_lines(family, query)) for family in found.families)


def _lines(family: tuple[Row, ...], query: Query) -> Iterator[Line]:
    members = {row.company.id for row in family}
    wanted, base = folded(query.text), reverse("companies")
    for row in family:
        company = row.company
        toggle = _toggle(query, row, family[0].company.id, members) if company.children_count else ("", "")
        yield Line(
            company=company,
            id=mark_safe(str(company.id)),
            hex=mark_safe(company.id.hex),
            name=escape(company.name),
            href=mark_safe(f"{base}{company.id}/"),
            depth=min(row.depth, DEEPEST_INDENT),
            is_open=row.is_open,
            rest=row.rest,
            rest_href=_subsidiaries(company, query) if row.rest else "",
            toggle_href=toggle[0],
            toggle_here=toggle[1],
            connected=_connected(company),
            pills=(pills := _pills(company, wanted))[:PILLS],
            more_pills=", ".join(f"{pill['name']}: {pill['status']}" for pill in pills[PILLS:]),
        )


def _pills(company: Company, wanted: str) -> tuple[dict[str, Any], ...]:
    """The platforms, those that were searched for first."""
    pills = [
        {
            "name": again(each["name"]),
            "status": status_words(each["status"]),
            "matched": bool(wanted) and wanted in folded(each["name"]),
        }
        for each in company.platforms
    ]
    return tuple(sorted(pills, key=lambda pill: not pill["matched"]))


def _toggle(query: Query, row: Row, top: uuid.UUID, members: set[uuid.UUID]) -> tuple[str, str]:
    """Where a parent's arrow leads: to the whole page, and to this family alone."""
    turned = _turned(query, row)
    here = replace(turned, only=top, opened=turned.opened & members, shut=turned.shut & members)
    return f"{_href(turned)}#c-{row.company.id.hex}", _href(here)


def _turned(query: Query, row: Row) -> Query:
    """The same question with this row opened if it is shut, and the other way round."""
    id = frozenset({row.company.id})
    if row.is_open:
        return replace(
            query, opened=query.opened - id, shut=query.shut | id if query.is_narrowed else query.shut
        )
    return replace(query, opened=query.opened | id, shut=query.shut - id)


def _connected(company: Company) -> str:
    """What is connected: the software, and for a parent how many of its companies."""
    software = ", ".join(
        f"{again(each['name'])}: {status_words(each['status'])}" for each in company.platforms
    )
    share = ""
    if company.children_count:
        counts = {"count": company.linked_count, "all": company.family_count}
        share = gettext("%(count)s/%(all)s Connected") % counts
    return ". ".join(filter(None, [share, software])) or gettext("No connections")


def _subsidiaries(company: Company, query: Query) -> str:
    narrowed = Query(text=query.text, status=query.status, sort=query.sort)
    return reverse("company-subsidiaries", args=[company.id]) + _href(narrowed)


def _href(query: Query) -> str:
    values = {
        "q": query.text,
        "status": query.status,
        "sort": "" if query.sort == NEWEST else query.sort,
        "open": _joined(query.opened),
        "shut": _joined(query.shut),
        "after": query.after.hex if query.after else "",
        "only": query.only.hex if query.only else "",
    }
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _joined(ids: Iterable[uuid.UUID]) -> str:
    return ".".join(sorted(id.hex for id in ids))


def _followed(current: str, path: str, table: CompanyTable) -> str:
    """The address the browser was at, with this family as it is now."""
    parts = urlsplit(current)
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    before = query_of(given if parts.path == path else {})
    family = {line.company.id for line in table.families[0]}
    now = replace(
        before,
        only=None,
        after=None,
        opened=(before.opened - family) | table.query.opened,
        shut=(before.shut - family) | table.query.shut,
    )
    return path + _href(now)
