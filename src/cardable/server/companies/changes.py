"""Companies made, changed and let go; each change is written down as an event in the same transaction."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext

from cardable.language import said
from cardable.server import events
from cardable.server.companies.jobs import delete
from cardable.server.companies.models import Company, CompanyOwner
from cardable.server.companies.names import LONGEST_NAME, clean_name, folded_name
from cardable.server.companies.products import SPEND_INSIGHTS
from cardable.server.companies.tree import family_ids, lock
from cardable.server.deferring import company_lock, enqueue
from cardable.server.organizations.models import Member, Organization

TAGS, LONGEST_KEY, LONGEST_VALUE = 10, 27, 100


def create_company(
    organization: Organization,
    *,
    name: str,
    description: str = "",
    tags: Mapping[str, str] | None = None,
    products: Iterable[str] = (SPEND_INSIGHTS,),
    subscriptions: Iterable[str] = (),
    owners: Iterable[Member] = (),
    parent: Company | None = None,
    by: Member | None = None,
) -> Company:
    """A new company; whoever makes it owns it where no other owner is named. Raises ValidationError."""
    columns = _columns(
        organization, name=name, description=description, tags=tags or {}, products=products,
        subscriptions=subscriptions,
    )  # fmt: skip
    company = Company.objects.create(
        organization=organization, parent=parent, created_by=by, created_by_name=_actor(by), **columns
    )
    _set_owners(company, list(owners) or ([by] if by else []))
    events.record(
        "company.created", said("{name} was created.", name=company.name), company=company, actor=_actor(by)
    )
    return company


def edit_company(company: Company, *, by: Member | None = None, **changes: Any) -> Company:
    """The company with what was changed: name, description, tags, products, subscriptions, owners, parent.

    Raises ValidationError, also where the new parent lies below the company.
    """
    owners, moved = changes.pop("owners", None), "parent" in changes
    parent = changes.pop("parent", None)
    for field, value in _columns(company.organization, kept=company.subscriptions, **changes).items():
        setattr(company, field, value)
    before = company.parent
    if moved:
        lock([company.id, *([parent.id] if parent else [])])
    if moved and parent and parent.id in family_ids(company.id):
        raise ValidationError({"parent": _no_parent(parent)})
    if moved:
        company.parent = parent
    company.save(update_fields=[*_KEPT, "parent"])
    if owners is not None:
        _set_owners(company, owners)
    events.record(
        "company.edited", said("{name} was edited.", name=company.name), company=company, actor=_actor(by)
    )
    if moved and before != parent:
        events.record("company.moved", _moved(company, parent), company=company, actor=_actor(by))
    if moved and before and before != parent:
        words = said("{name} is no subsidiary any more.", name=company.name)
        events.record("company.subsidiary.left", words, company=before, actor=_actor(by))
    return company


def delete_company(company: Company, *, by: Member | None = None) -> int:
    """Let a company go with all its subsidiaries; how many that are. Its data is removed by a job."""
    family, now = family_ids(company.id), timezone.now()
    going = list(Company.objects.filter(id__in=set(family) & set(lock(family))).order_by("id"))
    Company.objects.filter(id__in=[each.id for each in going]).update(deleting_since=now)
    for each in going:
        each.deleting_since = now
        words = said("{name} ({id}) was deleted.", name=each.name, id=each.id)
        events.record("company.deleted", words, company=each, actor=_actor(by))
    enqueue(
        delete,
        lock=company_lock(company.id),
        organization_id=company.organization_id,
        company_ids=[str(each) for each in family],
    )
    return len(going)


def may_subscribe(organization: Organization, address: str) -> bool:
    """Whether an address may receive Ongoing Insights: an active user's, or one on an allowed domain."""
    domains = {domain.lower() for domain in organization.subscription_domains}
    return address in subscription_options(organization) or address.rpartition("@")[2] in domains


def subscription_options(organization: Organization) -> list[str]:
    """The addresses that may receive Ongoing Insights; those on an allowed domain come beside them."""
    people = Member.objects.filter(organization=organization, is_active=True, user__is_active=True)
    return sorted(people.values_list("user__email", flat=True))


_KEPT = ("name", "folded_name", "description", "tags", "products", "subscriptions")


def _columns(organization: Organization, *, kept: Iterable[str] = (), **given: Any) -> dict[str, Any]:
    """The columns that what was given fills; raises ValidationError by field."""
    columns: dict[str, Any] = {}
    if "name" in given:
        columns["name"] = _name(given["name"])
        columns["folded_name"] = folded_name(columns["name"])
    if "description" in given:
        columns["description"] = given["description"].strip()
    if "tags" in given:
        columns["tags"] = _tags(given["tags"])
    if "products" in given:
        columns["products"] = list(dict.fromkeys(given["products"]))
    if "subscriptions" in given:
        columns["subscriptions"] = _subscriptions(organization, given["subscriptions"], kept)
    return columns


def _name(text: str) -> str:
    name = clean_name(text)
    if not any(map(str.isalnum, name)):
        raise ValidationError({"name": gettext("Type a name with at least one letter or digit.")})
    if len(name) > LONGEST_NAME:
        words = gettext("A name has at most {most} characters; this has {number}.")
        raise ValidationError({"name": words.format(most=LONGEST_NAME, number=len(name))})
    return name


def _tags(given: Mapping[str, str]) -> dict[str, str]:
    tags = {key.strip(): value.strip() for key, value in given.items() if key.strip()}
    if len(tags) > TAGS:
        raise ValidationError({"tags": gettext("A company has at most {most} tags.").format(most=TAGS)})
    if any(len(key) > LONGEST_KEY or len(value) > LONGEST_VALUE for key, value in tags.items()):
        words = gettext("A tag has a key of at most {key} characters and a value of at most {value}.")
        raise ValidationError({"tags": words.format(key=LONGEST_KEY, value=LONGEST_VALUE)})
    return tags


def _subscriptions(organization: Organization, given: Iterable[str], kept: Iterable[str]) -> list[str]:
    known = set(kept)
    addresses = sorted(
        {address for text in given for address in re.split(r"[\s,;]+", text.lower()) if address}
    )
    for address in addresses:
        validate_email(address)
        if address not in known and not may_subscribe(organization, address):
            words = gettext(
                "“{address}” is no user here and not on a domain that your administrator allowed."
            )
            raise ValidationError({"subscriptions": words.format(address=address)})
    return addresses


def _set_owners(company: Company, owners: Iterable[Member]) -> None:
    wanted = {owner.id: owner for owner in owners}
    CompanyOwner.objects.filter(company=company).exclude(member_id__in=wanted).delete()
    CompanyOwner.objects.bulk_create(
        (CompanyOwner(organization_id=company.organization_id, company=company, member=each)
         for each in wanted.values()),
        ignore_conflicts=True,
    )  # fmt: skip


def _moved(company: Company, parent: Company | None) -> str:
    if parent:
        return said("{name} was placed below {parent}.", name=company.name, parent=parent.name)
    return said("{name} has no parent now.", name=company.name)


def _no_parent(parent: Company) -> str:
    return gettext("“{name}” belongs to this company, so it cannot be its parent.").format(name=parent)


def _actor(by: Member | None) -> str:
    return str(by.user) if by else ""
