"""The work pages in French: nothing English is left of them, and the longer words fit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import Browser

from cardable.records import Bill, Supplier
from cardable.server.tenancy import acting_for
from tests.server.browser import NARROW, WIDE, sideways, sign_in, visitor
from tests.server.french import english_left
from tests.server.portal.made import connect, family
from tests.server.portal.runs import begin_run, make_run
from tests.server.portal.test_company_pages import BILLS, SUPPLIERS, bring, upload

if TYPE_CHECKING:
    from pathlib import Path
    from types import SimpleNamespace

    from cardable.server.companies.models import Company
    from cardable.server.organizations.models import Organization

WINDOW = {"X-Window": "1"}


@pytest.fixture
def french(organization: Organization) -> Organization:
    with acting_for(organization.id):
        organization.languages = ["fr-ca", "en"]
        organization.save()
    return organization


@pytest.fixture
def home(company: Company, french: Organization, tmp_path: Path) -> Company:
    """A company with everything that its pages can show."""
    from cardable.server.connections.models import Consent
    from cardable.server.syncs.models import Sync

    family(french)
    books = connect(company, "Sage 100", error="The file is protected by a password.")
    connect(company, "Xero", status="PendingAuth")
    bring(books, tmp_path, {Supplier: SUPPLIERS, Bill: BILLS})
    upload(books, "bills.csv", b"id,total\n1,2\n", datetime(2026, 2, 12, 9, tzinfo=UTC))
    of_it = {"organization_id": french.id, "company": company, "connection": books}
    with acting_for(french.id):
        Consent.objects.create(**of_it, text="Je consens.")
        for status in ("Complete", "FetchError", "Processing"):
            Sync.objects.create(**of_it, record_type="bills", status=status)
    make_run(company)
    return company


def left(client: Client, address: str, **headers: str) -> list[str]:
    """`address: message` for what stands there in English."""
    answer = client.get(address, headers=headers, follow=True)
    assert answer.headers["Content-Language"] == "fr-ca", address
    return [f"{address}: {message}" for message in english_left(answer.content.decode())]


def test_no_page_of_companies_has_english_left(client: Client, home: Company) -> None:
    own = f"/companies/{home.id}"
    pages = [
        "/companies/", "/companies/?q=nobody", "/companies/?status=Linked&sort=name", "/companies/new",
        "/companies/invite", f"{own}/", f"{own}/edit", f"{own}/created", f"{own}/request-data",
        f"{own}/delete", f"{own}/connections", f"{own}/timeline", f"{own}/data/suppliers",
        f"{own}/data/bills?q=nothing", f"{own}/data/expenses", f"{own}/files", f"{own}/history",
        f"{own}/history/writes", f"{own}/subsidiaries",
    ]  # fmt: skip
    assert [found for page in pages for found in left(client, page)] == []
    assert left(client, f"{own}/connections", **WINDOW) == []
    refused = client.post("/companies/new", {"name": "!", "tags_key": [""], "tags_value": ["x"]})
    assert english_left(refused.content.decode()) == []


def test_no_page_of_spend_insights_has_english_left(client: Client, home: Company) -> None:
    own = f"/spend-insights/{home.id}"
    (ref,) = {each.split('"')[0] for each in _links(client, f"{own}/suppliers", f"{own}/suppliers/")[:1]}
    pages = [
        "/spend-insights/", f"{own}/", f"{own}/suppliers", f"{own}/suppliers?method=Card&first=2026-01",
        f"{own}/suppliers/{ref}", f"{own}/records/bills", f"{own}/records/payments?rule=1&paid=Check",
        f"{own}/records/expenses?month=2026-01&method=Non-Card", f"{own}/records/payments?supplier={ref}",
    ]  # fmt: skip
    assert [found for page in pages for found in left(client, page)] == []


def _links(client: Client, address: str, start: str) -> list[str]:
    return client.get(address).content.decode().split(f'href="{start}')[1:]


def test_no_page_without_figures_has_english_left(client: Client, company: Company, french: object) -> None:
    address = f"/spend-insights/{company.id}/"
    assert left(client, address) == []
    begin_run(company, status="Error", reason="There is no data to report on.")
    assert left(client, address) == left(client, "/spend-insights/") == []
    begin_run(company)
    assert left(client, address) == left(client, "/spend-insights/") == []
    assert left(client, "/companies/nowhere") == []


def test_what_was_kept_in_english_is_shown_in_french(client: Client, home: Company) -> None:
    client.post(f"/companies/{home.id}/edit", {"name": "Aliments Rive-Nord"})
    page = client.get(f"/companies/{home.id}/").content.decode()
    assert "Aliments Rive-Nord a été modifiée." in page


def test_figures_are_written_as_french_writes_them(client: Client, home: Company) -> None:
    page = client.get(f"/spend-insights/{home.id}/suppliers?low=10%C2%A0000,50").content.decode()
    assert "USD</b>" in page
    assert 'value="10000,50"' in page


def test_the_mail_for_customers_is_offered_in_both_languages(client: Client, home: Company) -> None:
    page = client.get(f"/companies/{home.id}/request-data").content.decode()
    assert "Bonjour," in page
    assert "Hello," in page


def test_french_fits_every_width(
    chromium: Browser, site: str, analyst: SimpleNamespace, home: Company
) -> None:
    with visitor(chromium, site) as context:
        page = context.new_page()
        sign_in(page, analyst.email, analyst.password)
        for address in (
            "/companies/", f"/companies/{home.id}/connections", "/companies/new", "/spend-insights/",
            f"/spend-insights/{home.id}/", f"/spend-insights/{home.id}/suppliers",
        ):  # fmt: skip
            page.goto(site + address)
            for width, height in (WIDE, NARROW):
                page.set_viewport_size({"width": width, "height": height})
                assert sideways(page) == 0, address
