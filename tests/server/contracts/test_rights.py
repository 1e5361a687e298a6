"""Every address, asked by every role, of a company of its own and of a colleague's: the matrix of rights.

What is expected is written here by hand, from the specification; an address that is not written here, or
one that lets somebody in whom this table keeps out, fails.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from cardable.server.organizations.roles import ANYONE, ROLES, right_of
from cardable.server.tenancy import acting_for
from tests.server.conftest import client_of, make_member
from tests.server.contracts.addresses import Address, addresses
from tests.server.contracts.rows import make, tenant_models

if TYPE_CHECKING:
    from cardable.server.organizations.models import Member, Organization

pytestmark = pytest.mark.usefixtures("database", "static_files")

NOBODY_ASKED = "public"
ALL = set(ROLES)
INSIGHTS = ALL - {"Onboarding"}
DELETERS = {"Analyst", "Developer", "Administrator"}
TECHNICAL = {"Developer", "Administrator"}
ADMINISTRATORS = {"Administrator"}

EXPECTED: dict[str, set[str] | str] = {
    **dict.fromkeys(
        [
            "account_login",
            "account_logout",
            "account_signup",
            "account_join",
            "account_second_factor",
            "account_session",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "language",
            "openid_connect_login",
            "openid_connect_callback",
        ],
        NOBODY_ASKED,
    ),
    # "Add companies; edit companies", "Add connections, view their status and Link URLs", and one's own.
    **dict.fromkeys(
        [
            "home",
            "settings",
            "monitor",
            "columns",
            "organization-switch",
            "companies",
            "company",
            "company-subsidiaries",
            "company-new",
            "company-edit",
            "company-created",
            "company-invite",
            "company-request-data",
            "company-connections",
            "company-timeline",
            "company-history",
            "company-writes",
            "connection-link",
            "account-settings",
            "account-password",
            "account-devices",
            "account-devices-sign-out",
            "account-second-factor",
            "account-second-factor-remove",
            "account-recovery-codes",
        ],
        ALL,
    ),
    "company-delete": DELETERS,
    # "Manage (unlink, delete) connections".
    "connection-unlink": TECHNICAL,
    "connection-delete": TECHNICAL,
    "connection-count": TECHNICAL,
    # "View contributed data (Portal)", and the product menu.
    **dict.fromkeys(
        [
            "company-tables",
            "company-data",
            "company-csv",
            "company-files",
            "company-file",
            "company-files-of-day",
            "spend-insights",
            "insights-changes",
            "reports-update",
            "company-refresh",
            "report-download",
            "report-bundle",
            "analysis",
            "analysis-suppliers",
            "analysis-supplier",
            "analysis-records",
            "analysis-csv",
        ],
        INSIGHTS,
    ),
    # "Configure Link; other settings".
    **dict.fromkeys(
        [
            "settings-spend-insights",
            "settings-spend-insights-rates",
            "settings-spend-insights-version",
            "settings-spend-insights-versions",
            "settings-link",
            "settings-link-texts",
            "settings-branding",
            "settings-redirects",
            "settings-email-template",
            "settings-email-template-in",
            "settings-languages",
            "monitor-auth-flow",
            "company-report-settings",
            "company-report-settings-rates",
            "company-report-settings-version",
            "company-report-settings-versions",
        ],
        TECHNICAL,
    ),
    # "Add and update users".
    **dict.fromkeys(
        [
            "settings-users",
            "settings-users-invite",
            "settings-users-edit",
            "settings-users-reset-code",
            "settings-users-send-again",
            "settings-users-withdraw",
            "settings-permissions",
            "settings-audit",
            "settings-audit-csv",
            "settings-audit-ndjson",
            "settings-retention",
            "settings-retention-certificate",
            "settings-status",
            "settings-sign-in",
            "settings-sign-in-provider",
            "settings-provisioning",
            "settings-provisioning-new",
            "settings-provisioning-delete",
        ],
        ADMINISTRATORS,
    ),
}
"""Who is let in, by the name of the address."""
PUBLIC_SECTIONS = ("ui-", "link-", "scim-")
THINGS = ("CompanyOwner", "Connection", "Upload", "ReportRun", "Invitation", "ProvisioningToken")
"""What a company comes with; its issuer's settings stay as they are at first."""
OBJECT = {
    "connection-unlink": "connection",
    "connection-delete": "connection",
    "connection-count": "connection",
    "connection-link": "connection",
    "settings-users-edit": "member",
    "settings-users-reset-code": "member",
    "settings-users-send-again": "invitation",
    "settings-users-withdraw": "invitation",
    "settings-provisioning-delete": "provisioningtoken",
}
"""Whose id an address takes, where that is not a company's."""

SEEN = ("companies", "company", "company-edit", "settings-users", "spend-insights", "analysis")
"""Pages that whoever is let in really sees."""


def names(patterns: Any = None) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            yield str(pattern.name)


def is_public(name: str) -> bool:
    return name.startswith(PUBLIC_SECTIONS) or EXPECTED.get(name) == NOBODY_ASKED


def test_every_address_is_in_the_table() -> None:
    ours = {name for name in names() if not name.startswith(PUBLIC_SECTIONS)}
    assert ours == set(EXPECTED)


def test_the_doors_open_for_everybody_only_where_the_table_says_so() -> None:
    assert {name for name in names() if right_of(name) == ANYONE} == set(filter(is_public, names()))


def test_an_address_that_nobody_wrote_down_lets_nobody_in() -> None:
    with pytest.raises(LookupError):
        right_of("something-new")


def things(organization: Organization, owner: Member) -> dict[str, uuid.UUID]:
    """A company that this member owns, with one of everything."""
    made: dict[type, Any] = {type(owner): owner}
    with acting_for(organization.id):
        for model in tenant_models():
            if model.__name__ in THINGS:
                make(model, organization, made)
    return {model.__name__.lower(): row.pk for model, row in made.items()} | {
        "run": next(row.pk for model, row in made.items() if model.__name__ == "ReportRun")
    }


def is_of_company(address: Address) -> bool:
    """Whether an address is a company's, or a thing's that belongs to one."""
    return address.names_an_object and OBJECT.get(address.name, "company") in ("company", "connection")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request does is taken back, so that the next one finds all as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(browser: Client, address: Address, method: str, ids: dict[str, uuid.UUID]) -> int:
    path = address.path({**ids, "id": ids[OBJECT.get(address.name, "company")]})
    with undone():
        answer = getattr(browser, method)(path)
        answer.getvalue()
    status: int = answer.status_code
    return 401 if answer.headers.get("Location", "").startswith("/accounts/login/") else status


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_let_in_where_it_may_and_nowhere_else(organization: Organization, role: str) -> None:
    with acting_for(organization.id):
        organization.company_permissions = True
        organization.save()
    member = make_member(organization, role=role, email="me@demo.bank")
    colleague = make_member(organization, role="Administrator", email="colleague@demo.bank")
    mine, theirs = things(organization, member), things(organization, colleague)
    mine["member"] = theirs["member"] = colleague.id
    browser, surprises, shown = client_of(member), [], set()
    for address in addresses():
        if is_public(address.name):
            continue
        allowed = role in EXPECTED[address.name]
        for method in ("get", "post"):
            own = ask(browser, address, method, mine)
            # A page that is not about one thing is the same whoever's company it is.
            other = ask(browser, address, method, theirs) if address.names_an_object else own
            shown |= {address.name} if own == 200 and method == "get" else set()
            unreachable = is_of_company(address) and role not in TECHNICAL
            fine_own = own not in (401, 403) if allowed else own == 403
            fine_other = (
                other == 403
                if not allowed
                else other in (404, 405)
                if unreachable
                else other not in (401, 403)
            )
            if not (fine_own and fine_other):
                surprises.append((address.name, method, own, other))
    assert surprises == []
    # A table of doors that are all shut would pass so far.
    assert {name for name in SEEN if role in EXPECTED[name]} <= shown
