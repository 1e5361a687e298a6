"""The pages about people in a real browser: readable, operable, at home in both schemes and all widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from cardable.server.people import invitations
from cardable.server.people.models import IdentityProvider, Invitation
from cardable.server.tenancy import acting_for
from tests.server.browser import axe, faults, is_well, screens, sign_in, visitor
from tests.server.conftest import PASSWORD, make_member

if TYPE_CHECKING:
    from cardable.server.organizations.models import Organization

LONG = "Wilhelmina Alexandra van der Heijden-Oosterbeek von Falkenstein"


@pytest.fixture
def bank(organization: Organization) -> SimpleNamespace:
    """Demo Bank with people, invitations, a provider and a message."""
    grace = make_member(organization, role="Administrator", email="grace@demo.bank", name="Grace Hill")
    for number, role in enumerate(("Onboarding", "Advisor", "Analyst", "Developer")):
        make_member(
            organization, role=role, email=f"{role.lower()}.{number}@demo.bank", name=f"{role} Person"
        )
    make_member(organization, email="wilhelmina.van.der.heijden-oosterbeek@demo.bank", name=LONG)
    with acting_for(organization.id):
        organization.login_message = "Trouble signing in? Call the service desk: 555 0100."
        organization.save()
        invitation = invitations.invite(
            organization, email="nia@demo.bank", name="Nia Park", role="Advisor", by=grace
        )
        link = invitations.link_of(invitation)
        IdentityProvider.objects.create(
            organization=organization, kind="sso", issuer="https://login.demo.bank", client_id="cardable",
            is_on=True, group_roles={"Card analysts": "Analyst", "Card admins": "Administrator"},
        )  # fmt: skip
    return SimpleNamespace(
        administrator=grace,
        email=grace.user.email,
        organization=organization,
        link=link.removeprefix("http://localhost:8000"),
    )


@pytest.fixture
def page(chromium: Browser, site: str, bank: SimpleNamespace) -> Iterator[Page]:
    with visitor(chromium, site, member=bank.administrator) as context:
        yield context.new_page()


def test_every_page_of_an_administrator_is_well(page: Page, bank: SimpleNamespace) -> None:
    heard = faults(page)
    for name, path in {
        "users": "/settings/users/",
        "users-none": "/settings/users/?q=zzz",
        "invite": "/settings/users/invite",
        "permissions": "/settings/permissions/",
        "manage-sign-in": "/settings/sign-in/",
        "provider": "/settings/sign-in/sso",
        "provider-microsoft": "/settings/sign-in/microsoft",
        "provisioning": "/settings/provisioning/",
        "token-new": "/settings/provisioning/new",
        "account-profile": "/account/",
        "account-password": "/account/password",
        "account-devices": "/account/devices",
        "account-second-factor": "/account/second-factor",
    }.items():
        page.goto(path)
        is_well(page, name)
    assert heard == []


def test_every_page_before_sign_in_is_well(chromium: Browser, site: str, bank: SimpleNamespace) -> None:
    with visitor(chromium, site) as context:
        page = context.new_page()
        for name, path in {
            "sign-in-ways": "/accounts/login/",
            "join": bank.link,
            "join-ended": f"{bank.link[:-3]}zz/",
        }.items():
            page.goto(path)
            is_well(page, name)
        page.goto(bank.link)
        page.get_by_label("Password").fill("short")
        page.get_by_role("button", name="Create account").click()
        is_well(page, "join-errors")
        page.get_by_label("Password").fill("seven quiet lighthouses")
        page.get_by_role("button", name="Create account").click()
        page.get_by_role("heading", name="Spend Insights").wait_for()


def test_a_user_is_invited_edited_and_disabled_from_the_windows(page: Page, bank: SimpleNamespace) -> None:
    page.goto("/settings/users/")
    page.get_by_role("link", name="Invite user").click()
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Send invitation").click()
    window.get_by_role("alert").wait_for()
    screens(page, "invite-errors", whole=False)
    assert axe(page) == []
    window.get_by_label("Name").fill("Sam Reed")
    window.get_by_label("E-mail").fill("sam@demo.bank")
    window.get_by_label("Developer").check()
    window.get_by_role("button", name="Send invitation").click()
    page.get_by_text("An invitation is on its way to sam@demo.bank").wait_for()
    screens(page, "users-invited", whole=False)
    with acting_for(bank.organization.id):
        assert Invitation.objects.get(email="sam@demo.bank").role == "Developer"
    page.get_by_role("link", name="Edit Advisor Person").click()
    page.get_by_role("dialog").get_by_label("May sign in").uncheck()
    screens(page, "user-edit", whole=False)
    page.get_by_role("button", name="Save changes").click()
    page.get_by_text("Advisor Person was changed.").wait_for()
    expect(page.get_by_role("row", name="Advisor Person")).to_contain_text("Disabled")


def test_a_second_factor_is_set_up_and_asked_for(
    page: Page, chromium: Browser, site: str, bank: SimpleNamespace
) -> None:
    import pyotp

    page.goto("/account/second-factor")
    page.get_by_text("Cannot scan it?").click()
    seed = page.locator("code").inner_text().replace(" ", "")
    app = pyotp.TOTP(seed)
    page.get_by_label("Code from the app").fill(app.now())
    page.get_by_role("button", name="Turn on").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    is_well(page, "recovery-codes")
    code = page.locator("#codes").inner_text().split()[0]
    page.get_by_role("link", name="I have kept them").click()
    is_well(page, "second-factor-on")
    with visitor(chromium, site, scripts=False) as context:
        other = context.new_page()
        sign_in(other, bank.email, PASSWORD)
        other.get_by_role("heading", name="Enter your code").wait_for()
        screens(other, "code")
        other.get_by_label("Code").fill(code)
        other.get_by_role("button", name="Sign in").click()
        other.get_by_role("heading", name="Spend Insights").wait_for()


def test_a_warning_comes_before_the_session_ends(page: Page) -> None:
    page.goto("/companies/")
    page.clock.install()
    page.route("**/accounts/session/", lambda route: answer(route, idle=100, ends=20_000))
    page.reload()
    page.clock.fast_forward(1800 * 1000)
    warning = page.get_by_role("alertdialog")
    warning.wait_for()
    screens(page, "session-warning", whole=False)
    assert axe(page, "#session") == []
    expect(warning).to_contain_text("signed out in 2 minutes")
    page.route("**/accounts/session/", lambda route: answer(route, idle=1800, ends=20_000))
    page.get_by_role("button", name="Stay signed in").click()
    warning.wait_for(state="hidden")


def answer(route: object, *, idle: int, ends: int) -> None:
    respond: Callable[..., None] = route.fulfill  # type: ignore[attr-defined]
    respond(json={"idle": idle, "ends": ends})


def test_a_token_is_shown_once(page: Page) -> None:
    page.goto("/settings/provisioning/")
    page.get_by_role("link", name="Create token").click()
    window = page.get_by_role("dialog")
    window.get_by_label("Name").fill("Entra ID")
    window.get_by_role("button", name="Create token").click()
    window.get_by_role("heading", name="The token was created").wait_for()
    screens(page, "token-made", whole=False)
    assert re.fullmatch(r"cardable_[\w-]{43}", window.get_by_role("textbox", name="Token").input_value())
    window.get_by_role("link", name="Close").last.click()
    page.get_by_role("row", name="Entra ID").wait_for()
