"""Which language a page is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from cardable.server.tenancy import acting_for
from tests.server.conftest import client_of, make_member

if TYPE_CHECKING:
    from django.test import Client

    from cardable.server.organizations.models import Member, Organization

pytestmark = pytest.mark.usefixtures("database", "static_files")


@pytest.fixture
def administrator(organization: Organization) -> Member:
    return make_member(organization, role="Administrator", email="ada@bank.example", name="Ada")


def both(organization: Organization, *codes: str) -> None:
    organization.languages = list(codes)
    with acting_for(organization.id):
        organization.save()


def language_of_page(client: Client, **headers: str) -> str:
    return str(client.get(reverse("companies"), headers=headers).headers["Content-Language"])


def test_an_organization_with_one_language_offers_no_choice(administrator: Member) -> None:
    client = client_of(administrator)
    assert b'name="language"' not in client.get(reverse("companies")).content
    client.post(reverse("language"), {"language": "fr-ca", "next": "/companies/"})
    assert language_of_page(client) == "en"


def test_the_portal_is_in_the_organizations_own_language_until_a_user_chooses(administrator: Member) -> None:
    both(administrator.organization, "fr-ca", "en")
    client = client_of(administrator)
    assert language_of_page(client, **{"Accept-Language": "en"}) == "fr-ca"
    chosen = client.post(reverse("language"), {"language": "en", "next": "/companies/?search=a"})
    assert chosen.headers["Location"] == "/companies/?search=a"
    assert language_of_page(client) == "en"
    assert language_of_page(client_of(administrator)) == "en"


def test_the_choice_leads_to_no_other_site_and_knows_no_other_language(administrator: Member) -> None:
    client = client_of(administrator)
    answer = client.post(reverse("language"), {"language": "xx", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert not answer.cookies


def test_an_administrator_sets_the_languages(administrator: Member) -> None:
    client = client_of(administrator)
    here = reverse("settings-languages")
    assert client.post(here, {"languages": ["en"], "first": "fr-ca"}).status_code == 422
    assert client.post(here, {"languages": ["en", "fr-ca"], "first": "fr-ca"}).status_code == 302
    assert "Enregistrer les modifications" in client.get(here).content.decode()
