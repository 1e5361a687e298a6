"""Signing in, invitations and mails in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from cardable.server.people.notices import text_of
from cardable.server.tenancy import acting_for
from tests.server.conftest import PASSWORD
from tests.server.french import english_left
from tests.server.people.conftest import link_in
from tests.server.people.test_account import set_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.mail import EmailMessage
    from django.test import Client

    from cardable.server.organizations.models import Member, Organization

INVITED = {"name": "Nia Park", "email": "nia@demo.bank", "role": "Advisor"}


@pytest.fixture(autouse=True)
def _french(organization: Organization) -> None:
    with acting_for(organization.id):
        organization.languages = ["fr-ca", "en"]
        organization.save()


@pytest.fixture
def reader(visitor: Client) -> Client:
    """The browser of somebody who chose French."""
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr-ca"
    return visitor


def test_the_pages_before_a_session_are_in_french(reader: Client, member: Member) -> None:
    pages = [
        reader.get("/accounts/login/"),
        reader.post("/accounts/login/", {"login": member.user.email, "password": "wrong"}),
        reader.get("/accounts/password/reset/"),
        reader.get("/accounts/password/reset/done/"),
        reader.get("/accounts/password/reset/key/x-y/"),
        reader.get("/accounts/signup/"),
        reader.get("/accounts/join/00000000-0000-0000-0000-000000000000/x/"),
        reader.get("/nowhere"),
    ]
    assert {page.status_code for page in pages} <= {200, 404}
    assert [left for page in pages for left in english_left(page.content.decode())] == []
    assert "Adresse de courriel" in pages[0].content.decode()


def test_an_invitation_is_in_the_organizations_own_language(
    admin: Client, mails: Callable[[], list[EmailMessage]], visitor: Client
) -> None:
    admin.post("/settings/users/invite", INVITED)
    mail = mails()[-1]
    assert mail.subject == "Votre invitation à vous joindre à Demo Bank"
    assert "Grace Hill vous invite dans Cardable" in str(mail.body)
    page = visitor.get(link_in(mail)).content.decode()
    assert "Vous avez été invité avec le rôle Conseiller." in page
    assert english_left(page) == []


def test_a_notice_is_in_its_readers_language(member: Member) -> None:
    assert text_of("password", member.user)[0] == "Votre mot de passe a été changé"
    member.user.language = "en"
    member.user.save()
    assert text_of("password", member.user)[0] == "Your password was changed"


def test_a_link_for_a_new_password_is_mailed_in_its_readers_language(
    visitor: Client, member: Member, outbox: list[EmailMessage]
) -> None:
    asking = {"email": member.user.email}
    visitor.post("/accounts/password/reset/", asking)
    member.user.language = "en"
    member.user.save()
    visitor.post("/accounts/password/reset/", asking)
    assert [mail.subject for mail in outbox] == [
        "Choisissez un nouveau mot de passe pour Cardable",
        "Choose a new password for Cardable",
    ]
    assert str(outbox[0].body).startswith("Bonjour,\n\nquelqu’un, probablement vous,")


def test_a_second_factor_is_set_up_and_asked_for_in_french(
    client: Client, member: Member, reader: Client
) -> None:
    set_up(client, member.user)
    assert english_left(client.get("/account/second-factor").content.decode()) == []
    reader.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert english_left(reader.get("/accounts/code/").content.decode()) == []
