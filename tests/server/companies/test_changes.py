"""Companies made and changed, as the product's rules say."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cardable.server.companies.changes import create_company, edit_company, subscription_options
from cardable.server.companies.models import Company
from cardable.server.events.models import Event
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for


def created(organization: Organization, **given: Any) -> Company:
    with acting_for(organization.id):
        return create_company(organization, **{"name": "Acme"} | given)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Example Company (X[1])", "Example Company X1"),
        ("  Café\tÉtoile <b> ", "Café Étoile b"),
        ("東京@1!", "東京@1!"),
    ],
)
def test_other_characters_are_stripped(organization: Organization, typed: str, kept: str) -> None:
    assert created(organization, name=typed).name == kept


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "<>"},
        {"name": "x" * 201},
        {"tags": {f"key {n}": "" for n in range(11)}},
        {"tags": {"k" * 28: ""}},
        {"tags": {"k": "v" * 101}},
        {"subscriptions": ["someone@elsewhere.example"]},
        {"subscriptions": ["not an address"]},
    ],
)
def test_what_breaks_a_rule_is_refused(organization: Organization, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        created(organization, **wrong)


def test_whoever_makes_a_company_owns_it(organization: Organization, member: Member) -> None:
    company = created(organization, by=member)
    with acting_for(organization.id):
        event = Event.objects.get()
        assert list(company.owners.all()) == [member]
    assert (company.created_by_name, event.kind, event.actor) == ("Ada Marsh", "company.created", "Ada Marsh")


def test_users_and_allowed_domains_may_subscribe(organization: Organization, member: Member) -> None:
    organization.subscription_domains = ["partner.example"]
    wanted = ["ada@demo.bank", "Tom@partner.example"]
    company = created(organization, subscriptions=wanted)
    with acting_for(organization.id):
        assert subscription_options(organization) == ["ada@demo.bank"]
    assert company.subscriptions == ["ada@demo.bank", "tom@partner.example"]


def test_a_company_cannot_end_up_below_itself(organization: Organization) -> None:
    top = created(organization)
    middle = created(organization, parent=top)
    bottom = created(organization, parent=middle)
    for parent in (top, middle, bottom):
        with acting_for(organization.id), pytest.raises(ValidationError, match="cannot be its parent"):
            edit_company(top, parent=parent)


def test_a_moved_company_is_counted_where_it_is(organization: Organization) -> None:
    one, other = created(organization), created(organization)
    moving = created(organization, parent=one)
    with acting_for(organization.id):
        edit_company(moving, parent=other)
        one.refresh_from_db()
        other.refresh_from_db()
    assert [(each.family_count, each.children_count) for each in (one, other)] == [(1, 0), (2, 1)]


def test_what_is_not_named_stays(organization: Organization) -> None:
    company = created(organization, description="Mine", tags={"a": "b"})
    with acting_for(organization.id):
        edit_company(company, name="Other (name)", tags={})
        company.refresh_from_db()
    assert (company.name, company.folded_name, company.description) == ("Other name", "other name", "Mine")
    assert company.tags == {}
