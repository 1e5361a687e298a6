"""Every model leads to an organization, and PostgreSQL itself keeps its rows from every other."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, connection, connections, transaction

from cardable.server.organizations.models import Member, Organization
from cardable.server.settings import APPLICATION_ROLE
from cardable.server.tenancy import AppendOnly, OfOrganization, act_for, acting_for
from tests.server.contracts.rows import make, needs_organization, our_models, tenant_models

MODELS = pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model.__name__)
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def theirs(other_organization: Organization) -> "Callable[[type[OfOrganization]], Any]":
    """Makes a row that belongs to another organization."""

    def made(model: type[OfOrganization]) -> Any:
        with acting_for(other_organization.id):
            return make(model, other_organization)

    return made


def ask(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def test_every_model_leads_to_an_organization() -> None:
    assert {model for model in our_models() if not issubclass(model, OfOrganization)} == needs_organization()


def test_every_table_of_an_organization_is_under_a_policy() -> None:
    unguarded = ask(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relkind = 'r' and not a.attisdropped"
        " and (a.attname = 'organization_id' or c.relname = 'organizations_organization')"
        " and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))"
    )
    assert unguarded == []


def test_the_applications_role_cannot_step_around_a_policy() -> None:
    assert ask("select current_user") == [(APPLICATION_ROLE,)]
    assert ask("select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user") == [
        (False, False, False)
    ]
    assert (
        ask(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and pg_has_role(current_user, relowner, 'usage')"
        )
        == []
    )


def assert_never_changed(row: Any) -> None:
    """Not by its own organization, and not by the tables' owner."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    for statement in ("update {} set organization_id = organization_id", "delete from {}"):
        said = statement.format(row._meta.db_table)
        with pytest.raises(Error, match="permission denied"), acting_for(row.organization_id):
            ask(said)
        with (
            pytest.raises(Error, match="never changed or deleted"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(said)
    assert rows.using("owner").count() == 1


@MODELS
def test_anothers_rows_cannot_be_seen_changed_or_deleted(
    model: type[OfOrganization], organization: Organization, theirs: Callable[[type], Any]
) -> None:
    row = theirs(model)
    rows = model._base_manager.filter(pk=row.pk)
    with acting_for(organization.id):
        assert rows.count() == 0
    if issubclass(model, AppendOnly):
        assert_never_changed(row)
        return
    with acting_for(organization.id):
        assert rows.update(organization_id=organization.id) == 0
        assert rows._raw_delete("default") == 0
    with acting_for(row.organization_id):
        assert rows.count() == 1


@MODELS
def test_without_an_organization_no_row_is_seen(
    model: type[OfOrganization], theirs: Callable[[type], Any]
) -> None:
    theirs(model)
    assert model._base_manager.count() == 0
    with transaction.atomic():
        act_for(None)
        assert model._base_manager.count() == 0


@MODELS
def test_no_row_is_made_for_another_organization_or_given_to_it(
    model: type[OfOrganization], organization: Organization, other_organization: Organization
) -> None:
    made: dict[type, Any] = {}
    with acting_for(organization.id):
        make(model, organization, made)
    rows = model._base_manager.filter(pk=made.pop(model).pk)
    refusal = "permission denied" if issubclass(model, AppendOnly) else "row-level security"
    with pytest.raises(Error, match=refusal), acting_for(organization.id):
        rows.update(organization_id=other_organization.id)
    with pytest.raises(Error, match="row-level security"), acting_for(other_organization.id):
        make(model, organization, made)


def test_nobody_makes_itself_a_member_elsewhere(member: Member, other_organization: Organization) -> None:
    with transaction.atomic():
        act_for(member.organization_id, user_id=member.user_id)
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Member.objects.create(organization_id=other_organization.id, user_id=member.user_id)


def test_another_organization_itself_is_neither_seen_nor_changed(
    organization: Organization, other_organization: Organization
) -> None:
    with acting_for(organization.id):
        assert [each.id for each in Organization.objects.all()] == [organization.id]
        assert Organization.objects.filter(id=other_organization.id).update(name="Taken over") == 0
        assert Organization.objects.filter(id=other_organization.id).delete()[0] == 0
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Organization.objects.create(id=uuid.uuid4(), name="New Bank", slug="new-bank")
    connections["owner"].close()
