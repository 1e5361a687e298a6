"""What an issuer sets about the Link takes effect in it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from cardable.server.companies.models import Company
from cardable.server.connections.models import Connection, Consent
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import keep, presentation_of
from cardable.server.presentation.markdown import rendered
from cardable.server.presentation.options import DATA_TYPES
from cardable.server.tenancy import acting_for
from tests.server.bringing import read
from tests.server.conftest import client_of
from tests.server.link.customers import SPEND, Customer, words

HERE, TEXTS = "/settings/link/", "/settings/link/texts/"
USUAL = {
    "one_time_links": "on",
    "landing_page": "on",
    "secured_by": "on",
    "mobile_warning": "on",
    "sandbox": "on",
    "accounting_is_on": "on",
    "accounting_is_required": "on",
    "accounting_takes_files": "on",
    "data_types": list(DATA_TYPES),
}


@pytest.fixture
def developer(member_as: Any, static_files: None) -> Client:
    return client_of(member_as("Developer"))


def set_link(developer: Client, *without: str, **more: Any) -> None:
    sent = {name: value for name, value in (USUAL | more).items() if name not in without}
    answer = developer.post(HERE, sent)
    assert answer.status_code == 302, words(answer.content.decode())


def set_texts(developer: Client, locale: str = "en", **texts: str) -> None:
    answer = developer.post(f"{TEXTS}{locale}", {"do": "save", **texts})
    assert answer.status_code == 302, words(answer.content.decode())


def whole(customer: Customer, path: str) -> str:
    page: str = customer.browser.get(customer.at(path)).content.decode()
    return page


def test_the_page_shows_what_holds_and_saving_it_changes_nothing(
    developer: Client, organization: Organization
) -> None:
    set_link(developer)
    with acting_for(organization.id):
        assert Organization.objects.get().one_time_links
        kept = presentation_of(organization)
    assert (kept.link["landing_page"], kept.link["allowed_systems"], kept.changed_by) == (
        True,
        [],
        "Developer",
    )


def test_one_time_links_can_be_turned_off(developer: Client, newcomer: Customer) -> None:
    assert newcomer.browser.get(newcomer.base).status_code == 404
    set_link(developer, "one_time_links")
    assert newcomer.browser.get(newcomer.base).status_code == 200
    assert newcomer.browser.get("/link/demo-bank/invite").status_code == 200


def test_without_a_landing_page_a_plain_link_begins_at_once(developer: Client, newcomer: Customer) -> None:
    set_link(developer, "one_time_links", "landing_page")
    assert newcomer.browser.get(newcomer.base).headers["Location"] == f"{newcomer.base}/software"


def test_a_one_time_link_is_not_spent_by_looking_even_without_a_landing_page(
    developer: Client, newcomer: Customer
) -> None:
    set_link(developer, "landing_page")
    assert "What you need" not in words(newcomer.browser.get(newcomer.url).content.decode())
    assert newcomer.browser.post(newcomer.url).status_code == 302


def test_only_allowed_software_is_offered_and_can_be_chosen(developer: Client, customer: Customer) -> None:
    place = customer.choose("xero")
    set_link(developer, allowed_systems=["sage-100"])
    page = customer.get("software")
    assert ("Sage 100" in page, "NetSuite" in page, "not listed" in page) == (True, False, False)
    assert customer.post("software", system="netsuite").status_code == 200
    assert "/ended/501" in customer.browser.get(f"{place}/how").headers["Location"]


def test_the_mark_and_the_warning_can_be_turned_off(developer: Client, customer: Customer) -> None:
    place = customer.choose("foundation")
    before = whole(customer, f"{place}/how")
    assert ("Secured by" in before, "Go on at your computer" in before) == (True, True)
    set_link(developer, "secured_by", "mobile_warning")
    after = whole(customer, f"{place}/how")
    assert ("Secured by" in after, "Go on at your computer" in after) == (False, False)


def test_the_consent_says_what_the_issuer_wrote_and_keeps_it(developer: Client, customer: Customer) -> None:
    set_link(developer, consent_tick="on", terms_url="https://bank.example/terms", data_types=["bills"])
    set_texts(
        developer,
        consent_title="{companyName} and {issuerName}",
        consent_purpose_header="Why",
        consent_purpose_body="For **{platformName}** only.",
        consent_tick="Yes, I may.",
        consent_button="I agree",
    )
    place = customer.choose(agree=False)
    page = whole(customer, f"{place}/consent")
    assert "For <strong>Sage 100</strong> only." in page
    assert 'href="https://bank.example/terms"' in page
    assert "Suppliers: names" not in page
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found
    assert customer.post(f"{place}/consent", mark=found[1]).status_code == 422
    assert customer.post(f"{place}/consent", mark=found[1], agree="on").status_code == 302
    with acting_for(customer.organization.id):
        text = Consent.objects.get().text
    for part in (
        "Harbor Foods and Demo Bank",
        "Why",
        "For **Sage 100** only.",
        "Yes, I may.",
        "bank.example",
    ):
        assert part in text


def test_without_data_types_there_is_no_section_on_them(developer: Client, customer: Customer) -> None:
    set_link(developer, data_types=[])
    assert "Platform data" not in customer.get(f"{customer.choose(agree=False)}/consent")


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("landing_header", ""),
        ("landing_body", ""),
        ("left_header", "software"),
        ("left_body", "software"),
        ("upload_body", "{place}/report/suppliers"),
        ("exit_header", "leave"),
        ("exit_body", "leave"),
        ("help_body", "software"),
        ("terms_body", "software"),
    ],
)
def test_a_text_shows_on_its_screen(developer: Client, customer: Customer, text: str, step: str) -> None:
    set_texts(developer, **{text: "Words of our own for {companyName}"})
    place = customer.choose() if "place" in step else ""
    path = step.format(place=place) if step else customer.base
    assert "Words of our own for Harbor Foods" in whole(customer, path)


def test_the_invitation_and_the_policy_say_what_the_issuer_wrote(developer: Client) -> None:
    set_link(developer, "one_time_links", security_url="https://bank.example/security")
    set_texts(
        developer, invite_header="Come in", invite_body="Say who you *are*.", security_label="Our policy"
    )
    page = client_of(None).get("/link/demo-bank/invite").content.decode()
    assert "Come in" in page
    assert "Say who you <em>are</em>." in page
    assert re.search(r'href="https://bank.example/security".*Our policy', page)


def test_texts_are_shown_in_the_customers_language_else_in_english(
    developer: Client, customer: Customer
) -> None:
    set_texts(developer, landing_header="Hello", landing_body="Welcome")
    set_texts(developer, "fr-ca", landing_header="Bonjour")
    with acting_for(customer.organization.id), override("fr-ca"):
        from cardable.server.presentation.look import look_of

        look = look_of(customer.organization)
        assert (look.words["landing_header"], look.html["landing_body"]) == ("Bonjour", "<p>Welcome</p>\n")
    assert "Hello" in whole(customer, customer.base)


def test_an_additional_consent_is_asked_once_of_those_who_come_back(
    developer: Client, customer: Customer
) -> None:
    set_link(developer, additional_consent="on")
    set_texts(developer, additional_title="Something new", additional_body="For **offers**.")
    share(customer)
    address = customer.browser.post(customer.base).headers["Location"]
    assert address.endswith("/additional")
    page = whole(customer, address)
    assert ("Something new" in page, "<strong>offers</strong>" in page) == (True, True)
    found = re.search(r'name="mark" value="(\w+)"', page)
    assert found
    assert customer.post(address, do="agree", mark=found[1]).headers["Location"].endswith("/manage")
    assert customer.browser.post(customer.base).headers["Location"].endswith("/manage")
    with acting_for(customer.organization.id):
        assert "For **offers**." in Consent.objects.latest("at").text


def share(customer: Customer) -> Connection:
    """From the choice of software to the end."""
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    assert customer.post(f"{place}/complete").status_code == 302
    read()
    return customer.connection


def test_connections_are_managed_where_the_issuer_wants_it(developer: Client, customer: Customer) -> None:
    set_link(developer)
    assert customer.browser.get(f"{customer.base}/connections").status_code == 404
    set_link(developer, manage_connections="on")
    set_texts(developer, manage_title="Your ties", manage_subtitle="To {issuerName}")
    page = customer.get("connections")
    assert ("Your ties" in page, "To Demo Bank" in page) == (True, True)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"landing_logo": "on", "landing_page": ""}, "Turn on the landing page too"),
        ({"terms_url": "http://bank.example"}, "begins with https://"),
        ({"security_url": "javascript:alert(1)"}, "begins with https://"),
        ({"allowed_systems": ["nonsense"]}, "not one of the available choices"),
    ],
)
def test_settings_that_do_not_go_together_are_said(
    developer: Client, sent: dict[str, Any], told: str
) -> None:
    answers = {name: value for name, value in (USUAL | sent).items() if value}
    page = developer.post(HERE, answers)
    assert (page.status_code, told in page.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** and *thin*", "<p><strong>bold</strong> and <em>thin</em></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[x](data:text/html,1)", "<p>[x](data:text/html,1)</p>"),
        ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
        ("# big", "<p># big</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
    ],
)
def test_markdown_is_shown_without_raw_html(text: str, shown: str) -> None:
    assert rendered(text).strip() == shown


def test_an_image_becomes_no_image() -> None:
    assert "<img" not in rendered("![x](https://evil.example/x.png)")


def test_what_a_name_holds_is_not_read_as_markdown() -> None:
    assert rendered("Hi {name}", {"name": "**A** <b>[x](https://x.example)"}).strip() == (
        "<p>Hi **A** &lt;b&gt;[x](https://x.example)</p>"
    )


def test_the_preview_shows_texts_and_keeps_nothing(developer: Client, organization: Organization) -> None:
    page = developer.post(f"{TEXTS}en", {"do": "preview", "landing_body": "Hi **{companyName}**"})
    assert "Hi <strong>Harbor Foods</strong>" in page.content.decode()
    with acting_for(organization.id):
        assert presentation_of(organization).texts == {}


def test_another_issuers_texts_are_not_shown(
    developer: Client, other_organization: Organization, customer: Customer, company: Company
) -> None:
    with acting_for(other_organization.id):
        theirs = presentation_of(other_organization)
        theirs.texts = {"en": {"left_header": "Rivals"}}
        keep(theirs, by="Eve")
    assert "Rivals" not in whole(customer, "software")
