"""Settings > Audit log: found by filter, a page at a time, exported whole and harmless."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from cardable.server import audit
from cardable.server.audit.chain import link
from cardable.server.audit.listing import PAGE
from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member, Organization
from cardable.server.organizations.roles import ROLES
from cardable.server.tenancy import acting_for
from tests.server.browser import faults, is_well, visitor
from tests.server.conftest import client_of
from tests.server.contracts.queries import assert_as_many_queries

pytestmark = pytest.mark.usefixtures("database", "static_files")
PAGE_ADDRESS = "/settings/audit/"
NAMES = ("settings-audit", "settings-audit-csv", "settings-audit-ndjson")


@pytest.fixture
def administrator(member_as: Callable[[str], Member]) -> Client:
    """An Administrator's browser."""
    return client_of(member_as("Administrator"))


def write(organization: Organization, action: str = "settings.changed", count: int = 1, **more: Any) -> None:
    with acting_for(organization.id):
        for number in range(count):
            audit.write(action, organization=organization, about=f"entry {number:03}", **more)


def shown(client: Client, **asked: str) -> str:
    return client.get(PAGE_ADDRESS, asked).content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_only_an_administrator_reads_it(role: str, member_as: Callable[[str], Member]) -> None:
    reader = client_of(member_as(role))
    answers = {reader.get(reverse(name)).status_code for name in NAMES}
    assert answers == ({200} if role == "Administrator" else {403})


def test_another_organizations_entries_never_show(
    administrator: Client, other_organization: Organization
) -> None:
    write(other_organization, actor="Eve Stone")
    assert "Eve Stone" not in shown(administrator)
    assert b"Eve Stone" not in administrator.get(reverse(NAMES[1])).getvalue()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "bea entry"}, True),
        ({"q": "carl"}, False),
        ({"group": "Change"}, True),
        ({"group": "Download"}, False),
        ({"first": "2026-01-01"}, True),
        ({"last": "2001-01-01"}, False),
        ({"first": "31/12/2026", "group": "Everything", "company": "none", "before": "x"}, True),
    ],
)
def test_entries_are_found_by_filter(
    asked: dict[str, str], found: bool, administrator: Client, organization: Organization
) -> None:
    write(organization, actor="Bea Nilsson")
    assert ("entry 000" in shown(administrator, **asked)) is found


def test_entries_of_one_company_are_found(
    administrator: Client, organization: Organization, company: Company
) -> None:
    write(organization, "company.viewed", company=company)
    write(organization, actor="Bea Nilsson")
    page = shown(administrator, company=str(company.id))
    assert "Company: Harbor Foods" in page
    assert "Bea Nilsson" not in page


def test_pages_follow_each_other_without_gap(administrator: Client, organization: Organization) -> None:
    write(organization, count=PAGE + 5)
    first = shown(administrator, group="Change")
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    second = administrator.get(PAGE_ADDRESS + older[1].replace("&amp;", "&")).content.decode()
    numbers = re.findall(r"\(entry (\d+)\)", first + second)
    assert numbers == [f"{number:03}" for number in reversed(range(PAGE + 5))]
    assert 'rel="next"' not in second


def test_the_list_asks_as_often_for_many_as_for_few(
    administrator: Client, organization: Organization
) -> None:

    assert_as_many_queries(administrator, PAGE_ADDRESS, lambda count: write(organization, count=count))


def test_csv_holds_no_formula_and_the_place_in_the_chain(
    administrator: Client, organization: Organization
) -> None:
    write(organization, actor='=HYPERLINK("https://evil.example")')
    link(organization.id)
    answer = administrator.get(reverse("settings-audit-csv"), {"q": "hyperlink"})
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="audit-log_')
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    assert row["actor"].startswith("'=HYPERLINK")
    assert int(row["sequence"]) >= 1
    assert len(row["hash"]) == 64


def test_ndjson_holds_every_entry_and_the_export_itself_is_told(
    administrator: Client, organization: Organization
) -> None:
    write(organization, count=3, details={"fields": ["months"]})
    lines = administrator.get(reverse("settings-audit-ndjson")).getvalue().decode().splitlines()
    found = [json.loads(line) for line in lines]
    assert found[0]["action"] == "audit.exported"
    assert [each["details"] for each in found if each["about"]] == [{"fields": ["months"]}] * 3


def test_the_page_is_accessible(
    chromium: Browser,
    site: str,
    organization: Organization,
    member_as: Callable[[str], Member],
    company: Company,
) -> None:
    made = member_as("Administrator")
    write(organization, "company.viewed", count=2, company=company, actor=made)
    write(
        organization, "sign-in.failed", actor="m…@evil.example", details={"reason": "nobody has this address"}
    )
    with visitor(chromium, site, member=made) as context:
        page = context.new_page()
        heard = faults(page)
        page.goto(PAGE_ADDRESS)
        is_well(page, "settings-audit")
        assert heard == []
