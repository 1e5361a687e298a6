"""Branding, redirects, email template, auth flow: what is set takes effect, what cannot be is said."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pptx import Presentation as Slides

from cardable.server import events, storage
from cardable.server.companies.models import Company
from cardable.server.events.models import Event
from cardable.server.insights.models import ReportRun
from cardable.server.organizations.models import Organization
from cardable.server.presentation.images import KINDS, NotAnImage, keep_image
from cardable.server.presentation.look import look_of
from cardable.server.presentation.models import Presentation
from cardable.server.presentation.svg import NotSvg, sanitised
from cardable.server.tenancy import acting_for
from tests.server.bringing import bring, connect, harbor_foods, work
from tests.server.conftest import client_of, make_company
from tests.server.link.customers import Customer

BRAND = {"name": "Demo Bank", "primary_color": "#1F4E79", "secondary_color": "#112233"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><rect width="9" height="9"/></svg>'


@pytest.fixture
def developer(member_as: Any, static_files: None) -> Client:
    return client_of(member_as("Developer"))


@pytest.fixture
def customer(company: Company, organization: Organization, static_files: None) -> Customer:
    return Customer(company, organization)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 20)) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "#204060").save(drawn, kind)
    return drawn.getvalue()


def brand(client: Client, **sent: Any) -> Any:
    files = {
        name: SimpleUploadedFile(f"{name}.bin", each) if isinstance(each, bytes) else each
        for name, each in sent.items()
    }
    return client.post("/settings/branding/", BRAND | files)


def test_the_brand_shows_in_the_link(developer: Client, customer: Customer) -> None:
    assert brand(developer, logo=picture(), icon=picture("ICO"), hero=picture("JPEG")).status_code == 302
    page = customer.browser.get(f"{customer.base}/software").content.decode()
    images = re.findall(r'(?:src|href)="(/link/demo-bank/images/(\w+)/\w+)"', page)
    assert {kind for _, kind in images} == {"logo", "icon", "hero"}
    for address, _ in images:
        answer = customer.browser.get(address)
        assert answer.headers["Content-Type"].startswith("image/")
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_bar_takes_the_second_color_where_that_is_on(developer: Client, customer: Customer) -> None:
    brand(developer)
    page = customer.browser.get(f"{customer.base}/software").content.decode()
    assert "/ui/brand/bar/" not in page
    developer.post("/settings/link/", {"one_time_links": "on", "landing_page": "on", "navigation_bar": "on"})
    page = customer.browser.get(f"{customer.base}/software").content.decode()
    assert "/ui/brand/bar/112233.css" in page
    assert "background: #112233" in customer.browser.get("/ui/brand/bar/112233.css").content.decode()


def test_logo_and_color_are_on_the_slide(developer: Client, company: Company) -> None:
    brand(developer, logo=picture(), primary_color="#AA0011")
    bring(connect(company), harbor_foods())
    work()
    with acting_for(company.organization_id):
        run = ReportRun.objects.get()
        key = run.files.get(report="spend-summary").storage_key
    slide = Slides(io.BytesIO(b"".join(storage.chunks(key)))).slides[0]
    assert "Issuer logo" in [shape.name for shape in slide.shapes]


def test_an_svg_logo_is_cleaned_and_the_page_says_that_slides_cannot_hold_it(
    developer: Client, organization: Organization
) -> None:
    brand(developer, logo=SVG)
    with acting_for(organization.id):
        address = look_of(organization).logo_url
    answer = developer.get(address)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"script" not in answer.getvalue()
    assert "Slides cannot hold an SVG" in developer.get("/settings/branding/").content.decode()


def test_an_image_is_removed(developer: Client, organization: Organization) -> None:
    brand(developer, logo=picture())
    brand(developer, no_logo="on")
    with acting_for(organization.id):
        assert look_of(organization).logo_url == ""


def test_a_pale_color_is_warned_of(developer: Client) -> None:
    brand(developer, primary_color="#FFCC00", secondary_color="#EEEEEE")
    page = developer.get("/settings/branding/").content.decode()
    assert page.count("Hard to read") == 2
    brand(developer)
    assert "Hard to read" not in developer.get("/settings/branding/").content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"primary_color": "red"}, "Write a color as #1F4E79"),
        ({"name": ""}, "This field is required"),
        ({"hero": SVG}, "Bring a PNG or JPEG"),
        ({"logo": b"%PDF-1.7"}, "Bring a PNG, JPEG, GIF or SVG"),
        ({"icon": picture()}, "Bring a ICO"),
    ],
)
def test_a_brand_that_cannot_be_is_said(developer: Client, sent: dict[str, Any], told: str) -> None:
    page = brand(developer, **sent)
    assert (page.status_code, told in page.content.decode()) == (422, True)


def test_a_name_that_another_issuer_has_is_refused(
    developer: Client, other_organization: Organization
) -> None:
    page = brand(developer, name=other_organization.name)
    assert (page.status_code, "This name is taken" in page.content.decode()) == (422, True)


def test_a_picture_too_large_is_refused(organization: Organization) -> None:
    with pytest.raises(NotAnImage, match="larger than 500 KB"):
        keep_image(Presentation(organization=organization), KINDS["icon"], bytes(500 * 1024 + 1))


def test_a_photo_keeps_nothing_but_its_pixels(organization: Organization) -> None:
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "A camera"
    Image.new("RGB", (4000, 30), "red").save(drawn, "JPEG", exif=exif)
    presentation = Presentation(organization=organization)
    keep_image(presentation, KINDS["hero"], drawn.getvalue())
    with Image.open(io.BytesIO(b"".join(storage.chunks(presentation.images["hero"]["key"])))) as kept:
        assert (kept.width, dict(kept.getexif())) == (1920, {})


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<image href="https://evil.example/x.png"/>',
        "<foreignObject><iframe src='https://evil.example'/></foreignObject>",
        '<use href="https://evil.example/x.svg#a"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,evil"/>',
        '<rect style="fill: url(https://evil.example/x)"/>',
        '<rect fill="url(//evil.example)"/>',
        "<style>@import 'https://evil.example/x.css';</style>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        "<!-- evil -->",
    ],
)
def test_an_svg_keeps_nothing_that_acts_or_leads_away(inside: str) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}<path d="M0 0"/></svg>'
    clean = sanitised(text.encode()).decode()
    assert '<path d="M0 0"/>' in clean
    for word in ("evil", "alert", "script", "onload", "animate", "foreignObject"):
        assert word not in clean


def test_an_svg_keeps_its_drawing() -> None:
    text = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><defs><linearGradient id="g">'
        b'<stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)" width="2"/></svg>'
    )
    assert b'fill="url(#g)"' in sanitised(text)
    assert b'<stop offset="0" stop-color="red"/>' in sanitised(text)


@pytest.mark.parametrize(
    "text",
    [
        b"<html/>",
        b"<svg",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
        b'<svg xmlns="http://evil.example"/>',
    ],
)
def test_what_is_no_svg_is_refused(text: bytes) -> None:
    with pytest.raises(NotSvg):
        sanitised(text)


def redirects(client: Client, url: str, allowed: str = "", **more: str) -> Any:
    return client.post("/settings/redirects", {"redirect_url": url, "allowed": allowed, "do": "save", **more})


def test_a_saved_redirect_is_where_the_link_ends(developer: Client, customer: Customer) -> None:
    assert redirects(developer, "https://bank.example/{statusCode}?c={companyId}").status_code == 302
    page = customer.browser.get(f"{customer.base}/ended/403").content.decode()
    assert f"https://bank.example/403?c={customer.company.id}" in page


@pytest.mark.parametrize(
    ("url", "allowed", "parameters", "shown"),
    [
        (
            "https://b.example/?n={data.company.companyName}",
            "",
            "",
            "https://b.example/?n=Harbor%20Foods%20%26%20Co",
        ),
        ("https://b.example/?r={region}&x={none}", "", "region=east", "https://b.example/?r=east&amp;x="),
        (
            "https://{where}/done",
            "https://app.b.example",
            "where=app.b.example",
            "https://app.b.example/done",
        ),
        (
            "https://{where}/done",
            "",
            "where=evil.example",
            "not one of the allowed redirect URLs (there are none)",
        ),
        ("https://{where}.b.example/", "https://a.b.example", "", "has no “where”"),
        ("", "", "", "There is no redirect URL"),
    ],
)
def test_the_tester_shows_the_address_or_why_not(
    developer: Client, url: str, allowed: str, parameters: str, shown: str
) -> None:
    page = redirects(developer, url, allowed, do="try", parameters=parameters)
    assert shown in page.content.decode()


def test_trying_saves_nothing(developer: Client, organization: Organization) -> None:
    redirects(developer, "https://b.example", do="try")
    with acting_for(organization.id):
        assert Organization.objects.get().redirect_url == ""


@pytest.mark.parametrize(
    ("url", "allowed", "told"),
    [
        ("bank.example/done", "", "Write a whole address"),
        ("http://bank.example", "", "Use https://, or http:// on localhost"),
        ("javascript://x/%0aalert(1)", "", "Use https://"),
        ("{scheme}://bank.example", "", "Write the scheme out"),
        ("https://{companyId}.bank.example", "", "may not stand in the host"),
        ("https://bank.example", "bank.example", "is no host with its scheme"),
        ("https://bank.example", "http://bank.example", "is no host with its scheme"),
        ("https://bank.example", "https://bank.example/path", "is no host with its scheme"),
    ],
)
def test_a_redirect_that_cannot_be_is_said(developer: Client, url: str, allowed: str, told: str) -> None:
    page = redirects(developer, url, allowed)
    assert (page.status_code, told in page.content.decode()) == (422, True)


def mail(client: Client, text: str, locale: str = "en", do: str = "save") -> Any:
    return client.post(f"/settings/email-template/{locale}", {"text": text, "do": do})


def test_the_mail_of_the_link_window_is_the_issuers_own(developer: Client, company: Company) -> None:
    mail(developer, "Hi {companyName}: {linkUrl}")
    mail(developer, "Bonjour {companyName} : {linkUrl}", "fr-ca")
    page = developer.get(f"/companies/{company.id}/request-data").content.decode()
    found = re.findall(r'<textarea id="company_email_([\w-]+)"[^>]*>([^<]*)', page)
    assert [(locale, text.partition(": http")[0].strip()) for locale, text in found] == [
        ("en", "Hi Harbor Foods"),
        ("fr-ca", "Bonjour Harbor Foods"),
    ]
    mail(developer, "Hi {linkUrl}", do="usual")
    page = developer.get(f"/companies/{company.id}/request-data").content.decode()
    assert "share your accounts-payable data for Harbor Foods" in page


@pytest.mark.parametrize(
    ("text", "told"), [("Hi", "Without {linkUrl}"), ("{linkUrl} {nonsense}", "“{nonsense}” is not known")]
)
def test_a_mail_that_would_not_work_is_refused(developer: Client, text: str, told: str) -> None:
    page = mail(developer, text)
    assert (page.status_code, told in page.content.decode()) == (422, True)


def test_a_mail_is_previewed_with_sample_names(developer: Client, organization: Organization) -> None:
    page = mail(developer, "Dear {companyName}, {linkUrl}", do="preview").content.decode()
    assert "Dear Harbor Foods, https://cardable.example/link/…" in page
    with acting_for(organization.id):
        assert not Presentation.objects.exists()


def texts(client: Client, address: str = "/monitor/auth-flow") -> str:
    page = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_funnel_counts_what_really_happened(
    developer: Client, customer: Customer, organization: Organization
) -> None:
    other = Customer(make_company(organization, "Pier Depot"), organization)
    make_company(organization, "Never Came")
    place = customer.choose("other")
    customer.bring_and_confirm(
        place, "any", "spend.csv", "Payee,Payment date,Amount,Currency\nAcme,2026-03-14,120.50,USD\n"
    )
    customer.post(f"{place}/complete")
    work()
    other.choose("xero", agree=False)
    page = texts(developer)
    assert "Began the flow 2 · 100%" in page
    assert "Agreed to share 1 · 50%" in page
    assert "Completed 1 · 50%" in page
    assert "Connected 33% 1 of 3" in page
    assert "50% of 2" in page


def test_who_began_before_the_period_is_not_counted(
    developer: Client, organization: Organization, company: Company
) -> None:
    with acting_for(organization.id):
        event = events.record("link.began", "x", company=company)
        Event.objects.filter(id=event.id).update(at=timezone.now() - timedelta(weeks=8))
    assert "Nobody began in this time" in texts(developer, "/monitor/auth-flow?weeks=4")
    assert "Began the flow 1 · 100%" in texts(developer)


@pytest.mark.parametrize("role", ["Onboarding", "Advisor", "Analyst"])
def test_these_pages_are_for_those_who_may_change_settings(
    member_as: Any, static_files: None, role: str
) -> None:
    browser = client_of(member_as(role))
    pages = ("settings/link/", "settings/branding/", "settings/redirects", "settings/email-template/")
    addresses = [*(f"/{each}" for each in pages), "/monitor/auth-flow"]
    assert {browser.get(each).status_code for each in addresses} == {403}
