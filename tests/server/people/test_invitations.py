"""An invitation lets one person in, once, for seven days."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from cardable.server.organizations.models import Member, Organization, User
from cardable.server.people.models import Invitation
from cardable.server.tenancy import acting_for
from tests.server.conftest import PASSWORD, client_of, make_member
from tests.server.people.conftest import link_in

Mails = Callable[[], list[EmailMessage]]
NEW = {"name": "Nia Park", "email": "Nia@Demo.bank", "role": "Advisor"}
JOIN = {"name": "Nia Park", "password": "seven quiet lighthouses"}


@pytest.fixture
def link(admin: Client, mails: Mails) -> str:
    """Where the mail to Nia leads."""
    admin.post("/settings/users/invite", NEW)
    return link_in(mails()[-1])


def member_called(organization: Organization, email: str) -> Member | None:
    with acting_for(organization.id):
        return Member.objects.select_related("user").filter(user__email=email).first()


def age(organization: Organization, **change: Any) -> None:
    with acting_for(organization.id):
        invitation = Invitation.objects.get()
        Invitation.objects.update(expires_at=invitation.expires_at - timedelta(**change))


def test_the_invited_person_joins_with_its_role_and_is_signed_in(
    link: str, visitor: Client, organization: Organization
) -> None:
    page = visitor.get(link).content.decode()
    assert "nia@demo.bank" in page
    assert visitor.post(link, JOIN).headers["Location"] == "/"
    member = member_called(organization, "nia@demo.bank")
    assert member
    assert (member.role, member.user.name) == ("Advisor", "Nia Park")
    assert visitor.get("/", follow=True).redirect_chain[-1][0] == "/spend-insights/"


def test_a_link_works_once(link: str, visitor: Client) -> None:
    visitor.post(link, JOIN)
    other = Client(SERVER_NAME="localhost")
    assert other.get(link).status_code == 404
    assert other.post(link, {**JOIN, "password": "another password entirely"}).status_code == 404
    assert User.objects.get(email="nia@demo.bank").check_password(JOIN["password"])


def test_sending_again_voids_the_link_before(
    link: str, admin: Client, mails: Mails, visitor: Client, organization: Organization
) -> None:
    with acting_for(organization.id):
        invitation = Invitation.objects.get()
    admin.post(f"/settings/users/invitations/{invitation.id}/send")
    newer = link_in(mails()[-1])
    assert visitor.get(link).status_code == 404
    assert visitor.get(newer).status_code == 200


def test_a_link_ends_after_seven_days(link: str, visitor: Client, organization: Organization) -> None:
    age(organization, days=7, seconds=1)
    assert visitor.get(link).status_code == 404
    assert visitor.post(link, JOIN).status_code == 404


def test_a_withdrawn_invitation_lets_nobody_in(
    link: str, admin: Client, visitor: Client, organization: Organization
) -> None:
    with acting_for(organization.id):
        invitation = Invitation.objects.get()
    admin.post(f"/settings/users/invitations/{invitation.id}/withdraw")
    assert visitor.post(link, JOIN).status_code == 404


def test_the_address_and_the_role_are_those_that_were_invited(
    link: str, visitor: Client, organization: Organization
) -> None:
    visitor.post(link, {**JOIN, "email": "eve@evil.example", "role": "Administrator", "is_active": "on"})
    member = member_called(organization, "nia@demo.bank")
    assert member
    assert member.role == "Advisor"
    assert not User.objects.filter(email="eve@evil.example").exists()


@pytest.mark.parametrize(
    "password", ["short", "nia nia nia nia", "we love demo bank", "password1234", "x" * 129]
)
def test_a_poor_password_makes_no_account(link: str, visitor: Client, password: str) -> None:
    answer = visitor.post(link, {**JOIN, "password": password})
    poor = password != "nia nia nia nia"  # A name of three letters is no help to anybody who guesses.
    assert (answer.status_code == 200) is poor
    assert User.objects.filter(email="nia@demo.bank").exists() is not poor


def test_a_guessed_link_leads_nowhere(link: str, visitor: Client) -> None:
    assert visitor.get(f"{link[:-3]}00/").status_code == 404


def test_whoever_has_an_account_elsewhere_joins_by_signing_in_to_it(
    admin: Client, mails: Mails, other_organization: Organization, organization: Organization
) -> None:
    person = make_member(other_organization, email="nia@demo.bank", name="Nia Park")
    admin.post("/settings/users/invite", NEW)
    link = link_in(mails()[-1])
    assert "has an account already" in Client(SERVER_NAME="localhost").post(link, JOIN).content.decode()
    assert User.objects.get(email="nia@demo.bank").check_password(PASSWORD)
    assert member_called(organization, "nia@demo.bank") is None
    assert client_of(person).post(link).headers["Location"] == "/"
    assert member_called(organization, "nia@demo.bank")


def test_a_user_is_not_invited_again_nor_somebody_twice(admin: Client, member: Member, link: str) -> None:
    for email, words in ((member.user.email, "a user here already"), (NEW["email"], "an invitation already")):
        answer = admin.post("/settings/users/invite", {**NEW, "email": email})
        assert words in answer.content.decode()


def test_the_mail_names_our_own_address_whatever_the_request_called_us(admin: Client, mails: Mails) -> None:
    admin.post("/settings/users/invite", NEW, headers={"host": "127.0.0.1"})
    assert "http://localhost:8000/accounts/join/" in str(mails()[-1].body)
