"""A link opens one company's Link, once, for a day, and tells strangers nothing."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from cardable.server.companies.models import Company
from cardable.server.connections.links import connection_url
from cardable.server.connections.models import OneTimeLink, WrongTry
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import connect
from tests.server.conftest import client_of
from tests.server.link.customers import Customer, one_time

NOT_VALID = "This link is not valid"


def is_refused(customer: Customer, url: str, method: str = "get") -> bool:
    answer = getattr(client_of(None), method)(url)
    return answer.status_code == 404 and NOT_VALID in answer.content.decode()


def test_opening_the_page_does_not_spend_the_link(newcomer: Customer) -> None:
    for _ in range(3):
        assert "Share payables of Harbor Foods with Demo Bank" in newcomer.get(newcomer.url)
    assert newcomer.browser.post(newcomer.url).headers["Location"] == newcomer.at("software")


def test_the_button_spends_the_link_and_lets_this_browser_in(newcomer: Customer) -> None:
    newcomer.browser.post(newcomer.url)
    assert "Which accounting software" in newcomer.get("software")
    assert is_refused(newcomer, newcomer.url)
    assert is_refused(newcomer, newcomer.url, "post")
    assert is_refused(newcomer, newcomer.at("software"))
    assert newcomer.browser.get(newcomer.url).status_code == 200


def test_the_secret_is_kept_as_a_hash_only(newcomer: Customer) -> None:
    secret = newcomer.url.split("link.otp=")[1]
    with acting_for(newcomer.organization.id):
        kept = OneTimeLink.objects.get()
    assert secret not in str(vars(kept))
    assert len(kept.secret_hash) == 64


def test_the_admission_is_a_signed_cookie_that_scripts_cannot_read(customer: Customer) -> None:
    cookie = customer.browser.cookies[f"link_{customer.company.id.hex}"]
    assert cookie["httponly"]
    assert cookie["max-age"] == 24 * 3600
    assert cookie["samesite"] == "Lax"
    customer.browser.cookies[f"link_{customer.company.id.hex}"] = cookie.value + "x"
    assert customer.browser.get(customer.at("software")).status_code == 404


def test_the_older_address_without_the_issuers_name_works(newcomer: Customer) -> None:
    url = newcomer.url.replace("/demo-bank/", "/")
    assert "Share payables of Harbor Foods" in newcomer.get(url)
    assert newcomer.browser.post(url).headers["Location"] == newcomer.at("software")


def test_a_new_link_voids_those_not_used(newcomer: Customer) -> None:
    older, newer = newcomer.url, one_time(newcomer.company, newcomer.organization)
    assert is_refused(newcomer, older)
    assert not is_refused(newcomer, newer)


def test_a_link_ends_after_a_day(newcomer: Customer) -> None:
    with acting_for(newcomer.organization.id):
        OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert is_refused(newcomer, newcomer.url)


def test_after_five_wrong_tries_even_the_right_secret_waits_an_hour(newcomer: Customer) -> None:
    for _ in range(5):
        assert is_refused(newcomer, f"{newcomer.base}?link.otp=guess")
    assert is_refused(newcomer, newcomer.url)
    with acting_for(newcomer.organization.id):
        WrongTry.objects.update(at=timezone.now() - timedelta(hours=1))
    assert not is_refused(newcomer, newcomer.url)


def test_a_spent_link_opened_again_is_no_wrong_try(newcomer: Customer) -> None:
    newcomer.browser.post(newcomer.url)
    for _ in range(6):
        is_refused(newcomer, newcomer.url)
    assert not is_refused(newcomer, one_time(newcomer.company, newcomer.organization))


def test_every_address_that_opens_nothing_gives_the_same_page(
    newcomer: Customer, other_organization: Organization
) -> None:
    with acting_for(newcomer.organization.id):
        Company.objects.filter(id=newcomer.company.id).update(deleting_since=timezone.now())
    pages = {
        client_of(None).get(url).content
        for url in (
            newcomer.url,
            f"/link/demo-bank/company/{uuid.uuid4()}",
            f"/link/nobody/company/{newcomer.company.id}",
            f"/link/rival-bank/company/{newcomer.company.id}?link.otp=guess",
            f"/link/company/{uuid.uuid4()}",
            f"/link/companies/{newcomer.company.id}/connections/{uuid.uuid4()}/start",
            f"{newcomer.base}/software",
            "/link/demo-bank/invite",
            "/link/whatever/else",
        )
    }
    (page,) = pages
    assert NOT_VALID in page.decode()
    assert "Demo Bank" not in page.decode()


def test_another_companys_admission_does_not_help(customer: Customer, organization: Organization) -> None:
    from tests.server.conftest import make_company

    other = make_company(organization, "Lakeside Dental")
    answer = customer.browser.get(f"/link/demo-bank/company/{other.id}/software")
    assert answer.status_code == 404


@pytest.fixture
def open_links(organization: Organization) -> Organization:
    """Demo Bank, with one-time links off."""
    with acting_for(organization.id):
        organization.one_time_links = False
        organization.save()
    return organization


def test_without_one_time_links_the_address_works_again_and_again(
    open_links: Organization, company: Company, static_files: None
) -> None:
    for _ in range(2):
        customer = Customer(company, open_links)
        assert "link.otp" not in customer.url
        assert "Which accounting software" in customer.get("software")
    again = client_of(None).get(customer.at("software"))
    assert again.headers["Location"] == customer.base


def test_an_invited_customer_names_its_company(open_links: Organization, static_files: None) -> None:
    browser = client_of(None)
    assert "Company name" in browser.get("/link/demo-bank/invite").content.decode()
    answer = browser.post("/link/demo-bank/invite", {"company_name": "Café [Nord]"})
    with acting_for(open_links.id):
        made = Company.objects.get()
    assert (made.name, made.created_by) == ("Café Nord", None)
    assert answer.headers["Location"] == f"/link/demo-bank/company/{made.id}/software"
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_an_invited_customer_must_give_a_name(open_links: Organization, static_files: None) -> None:
    answer = client_of(None).post("/link/demo-bank/invite", {"company_name": "[]"})
    assert answer.status_code == 422
    assert "Type a name with at least one letter or digit." in answer.content.decode()
    with acting_for(open_links.id):
        assert not Company.objects.exists()


def test_the_pages_may_stand_in_no_frame(newcomer: Customer) -> None:
    answer = newcomer.browser.get(newcomer.url)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_connections_own_address_goes_on_where_the_journey_stopped(customer: Customer) -> None:
    place = customer.choose()
    url = f"/link/companies/{customer.company.id}/connections/{customer.connection.id}/start"
    assert "Welcome back" in customer.get(url)
    assert customer.browser.post(url).headers["Location"] == f"{place}/how"


def connection_address(customer: Customer) -> str:
    """A new address of the customer's latest connection, without its host."""
    with acting_for(customer.organization.id):
        url = connection_url(customer.connection, SimpleNamespace(organization=customer.organization)).url  # type: ignore[arg-type]
    return "/" + url.split("/", 3)[3]


def test_a_connections_address_works_once_and_goes_on_with_that_connection(customer: Customer) -> None:
    place = customer.choose()
    url = connection_address(customer)
    begun_later = connect(customer.company, "xero", platform_name="Xero")
    browser = client_of(None)
    assert "You chose Sage 100" in browser.get(url).content.decode()
    assert browser.post(url).headers["Location"] == f"{place}/how"
    assert browser.get(f"{place}/how").status_code == 200
    assert is_refused(customer, url)
    assert begun_later.step == "consent"


def test_an_address_made_later_voids_the_companys_own(newcomer: Customer) -> None:
    connect(newcomer.company, "xero", platform_name="Xero")
    newer = connection_address(newcomer)
    assert is_refused(newcomer, newcomer.url)
    assert not is_refused(newcomer, newer)
