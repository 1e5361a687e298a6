"""The form of the company window, for a new company and for one that changes."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.metrics.normalise import folded
from cardable.server.companies.access import companies_of, family_of, is_narrowed
from cardable.server.companies.changes import subscription_options
from cardable.server.companies.models import Company
from cardable.server.companies.products import SPEND_INSIGHTS, products_of
from cardable.server.organizations.models import Member, Organization
from cardable.server.organizations.roles import may
from cardable.server.portal.company_fields import OneId, TagsField

PARENTS_SHOWN = 8
_NAME_HINT = _("Letters, digits, spaces and - ' & @ . , ? ! – other characters are left out.")


class CompanyForm(forms.Form):
    """What an analyst says about a company."""

    name = forms.CharField(
        label=_("Company name"),
        help_text=_NAME_HINT,
        strip=True,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        help_text=_("Your own reference or notes."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    tags = TagsField(required=False, label=_("Company tags"))
    products = forms.MultipleChoiceField(
        required=False, label=_("Add products"), widget=forms.CheckboxSelectMultiple
    )
    subscriptions = forms.MultipleChoiceField(
        required=False,
        label=_("Subscriptions"),
        help_text=_("Who gets Ongoing Insights by e-mail."),
        widget=forms.CheckboxSelectMultiple,
    )
    other_subscriptions = forms.CharField(required=False, label=_("Other subscriptions"), max_length=2000)
    owners = forms.MultipleChoiceField(required=False, label=_("Owners"), widget=forms.CheckboxSelectMultiple)
    parent = OneId(required=False, label=_("Parent company"))

    def __init__(self, *args: Any, member: Member, company: Company | None = None, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "company_%s", **more})
        self.member, self.company = member, company
        self._people = tuple(
            Member.objects.filter(organization_id=member.organization_id)
            .filter(Q(is_active=True) | Q(companies=company) if company else Q(is_active=True))
            .distinct()
            .select_related("user")
            .order_by("user__name", "user__email")
        )
        self._fill(member.organization)

    def _fill(self, organization: Organization) -> None:
        """Choices as the organization has them; what it does not offer is not asked."""
        people = self._people
        kept = self.company.subscriptions if self.company else []
        mails = dict.fromkeys([*subscription_options(organization), *kept])
        _choose(self.fields["owners"], [(str(person.id), str(person.user)) for person in people])
        _choose(self.fields["subscriptions"], [(mail, mail) for mail in mails])
        offered = products_of(organization)
        _choose(self.fields["products"], [(each, each) for each in offered])
        if self.company and self.company.parent_id and not self._reaches(self.company.parent_id):
            # What somebody cannot see stays as it is.
            del self.fields["parent"]
        if len(offered) < 2 or not may(self.member, "assign products"):
            del self.fields["products"]
        if domains := organization.subscription_domains:
            allowed = escape(", ".join(f"@{each}" for each in domains))
            hint = gettext("E-mail addresses with {domains}, separated by commas.")
            self.fields["other_subscriptions"].help_text = hint.format(domains=allowed)
        else:
            del self.fields["other_subscriptions"]

    def clean_parent(self) -> Company | None:
        id = self.cleaned_data["parent"]
        parent = companies_of(self.member).filter(id=id).first() if id else None
        if id and parent is None:
            raise forms.ValidationError(gettext("This company is no longer there. Choose another."))
        return parent

    def clean(self) -> dict[str, Any]:
        """Nobody makes a company that it could not see afterwards for want of its product."""
        said = super().clean() or {}
        member, company = self.member, self.company
        kept = company.products if company else [SPEND_INSIGHTS]
        if (
            is_narrowed(member)
            and member.organization.product_permissions
            and not {*said.get("products", kept)} & {*member.products}
        ):
            raise forms.ValidationError(
                gettext("You hold none of its products. Ask an administrator for one.")
            )
        return said

    def _reaches(self, id: uuid.UUID) -> bool:
        return companies_of(self.member).filter(id=id).exists()

    def told(self) -> dict[str, Any]:
        """The answers as a company keeps them."""
        answers = self.cleaned_data
        chosen = set(answers["owners"])
        if self.company is None and self.member.organization.company_permissions and is_narrowed(self.member):
            # Whoever reaches only its own companies would make one and see it no more.
            chosen.add(str(self.member.id))
        return {
            "name": answers["name"],
            "description": answers["description"],
            "tags": answers["tags"],
            "subscriptions": [*answers["subscriptions"], answers.get("other_subscriptions", "")],
            "owners": [person for person in self._people if str(person.id) in chosen],
            **{name: answers[name] for name in ("products", "parent") if name in answers},
        }


def initial_of(company: Company) -> dict[str, Any]:
    """What the window shows of a company before it is changed."""
    return {
        "name": company.name,
        "description": company.description,
        "tags": company.tags,
        "products": company.products,
        "subscriptions": company.subscriptions,
        "owners": [str(id) for id in company.owners.values_list("id", flat=True)],
        "parent": company.parent_id,
    }


def possible_parents(
    member: Member, company: Company | None, text: str, *, ids: Collection[uuid.UUID] = ()
) -> list[Company]:
    """Companies that may become the parent: these, or those that are named so; a few of them, by name."""
    found = companies_of(member)
    if company:
        found = found.exclude(id__in=family_of(member, company).values("id"))
    found = found.filter(id__in=ids) if ids else found.filter(folded_name__contains=folded(text.strip()))
    return list(found.select_related("parent").order_by("folded_name", "id")[:PARENTS_SHOWN])


def _choose(field: forms.Field, choices: Iterable[tuple[str, str]]) -> None:
    if isinstance(field, forms.MultipleChoiceField):
        field.choices = list(choices)
