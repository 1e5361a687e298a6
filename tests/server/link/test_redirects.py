"""Where the Link ends: the issuer's page with what happened in its address, or thanks."""

import pytest
from django.utils.html import escape

from cardable.server.link.redirects import filled
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import read
from tests.server.conftest import client_of
from tests.server.link.customers import SPEND, Customer, one_time

TEMPLATE = (
    "https://bank.example/done?c={companyId}&code={statusCode}&why={errorMessage}&ref={ref}&no={nothing}"
    "&who={openId_email}"
)
RESERVED = {"companyId": "7", "statusCode": "200", "data.company.companyName": "A & B"}


@pytest.fixture
def redirecting(organization: Organization) -> Organization:
    with acting_for(organization.id):
        organization.redirect_url = TEMPLATE
        organization.save()
    return organization


def test_values_are_reserved_ones_then_the_links_own_then_nothing() -> None:
    address = filled(
        "https://bank.example/{companyId}/{ref}/{nothing}?n={data.company.companyName}",
        RESERVED,
        {"companyId": "not this", "ref": "é/1"},
    )
    assert address == "https://bank.example/7/%C3%A9%2F1/?n=A%20%26%20B"


@pytest.mark.parametrize(
    "template",
    [
        "",
        "http://bank.example/",
        "javascript:alert(1)",
        "ftp://bank.example/",
        "{ref}://bank.example/",
        "https://{ref}/done",
        "https://{companyId}.bank.example/",
        "/done",
        "https:///done",
    ],
)
def test_an_address_that_is_not_safe_is_not_used(template: str) -> None:
    assert filled(template, RESERVED, {"ref": "evil.example"}) is None


def test_a_place_in_the_host_needs_the_outcome_to_be_allowed() -> None:
    allowed = ("https://north.bank.example",)
    template = "https://{branch}.bank.example/done"
    assert (
        filled(template, RESERVED, {"branch": "north"}, allowed=allowed) == "https://north.bank.example/done"
    )
    assert filled(template, RESERVED, {"branch": "evil.example/x"}, allowed=allowed) is None


def test_allowed_addresses_are_compared_as_browsers_do() -> None:
    allowed = ("HTTPS://North.bank.example/",)
    address = filled("https://{branch}.bank.example/", RESERVED, {"branch": "NORTH"}, allowed=allowed)
    assert address == "https://NORTH.bank.example/"


def test_who_somebody_is_cannot_be_claimed_by_an_address() -> None:
    address = filled("https://bank.example/?who={openId_email}", RESERVED, {"openId_email": "eve@rival.bank"})
    assert address == "https://bank.example/?who="


def test_the_issuers_allowed_addresses_let_a_place_in_the_host_through(
    organization: Organization, customer: Customer
) -> None:
    with acting_for(organization.id):
        Organization.objects.filter(id=organization.id).update(
            redirect_url="https://{branch}.bank.example/done?code={statusCode}",
            allowed_redirect_urls=["https://north.bank.example"],
        )
    for branch, goes_on in (("north", True), ("evil", False)):
        customer.browser = client_of(None)
        customer.browser.post(f"{one_time(customer.company, organization)}&branch={branch}")
        end = customer.browser.get(customer.post("leave").headers["Location"]).content.decode()
        assert (f'url=https://{branch}.bank.example/done?code=403"' in end) is goes_on


def test_localhost_may_be_plain_http() -> None:
    assert filled("http://localhost:3000/{statusCode}", RESERVED, {}) == "http://localhost:3000/200"


def test_done_goes_back_to_the_issuer_with_the_links_own_parameters(
    redirecting: Organization, customer: Customer
) -> None:
    url = one_time(customer.company, redirecting)
    customer.browser = client_of(None)
    customer.browser.post(f"{url}&ref=AB+1&openId_email=eve&link.showSandboxIntegrations=true")
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    end = customer.browser.get(customer.post(f"{place}/complete").headers["Location"]).content.decode()
    onward = f"https://bank.example/done?c={customer.company.id}&code=200&why=&ref=AB%201&no=&who="
    assert f'content="0; url={escape(onward)}"' in end


def test_leaving_tells_the_issuer_so(redirecting: Organization, customer: Customer) -> None:
    end = customer.browser.get(customer.post("leave").headers["Location"]).content.decode()
    assert escape("code=403&why=User%20cancelled.&") in end


def test_leaving_when_connected_is_no_cancelling(redirecting: Organization, customer: Customer) -> None:
    place = customer.choose("other")
    customer.bring_and_confirm(place, "any", "spend.csv", SPEND)
    customer.post(f"{place}/complete")
    read()
    assert "/ended/201" in customer.post("leave").headers["Location"]
