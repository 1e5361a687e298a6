"""Whether users below Developer reach only companies they own, or only those with a product they hold."""

from cardable.language import noted, said
from cardable.server import events
from cardable.server.companies.products import products_of
from cardable.server.organizations.models import Member, Organization


def set_permissions(
    organization: Organization, *, company_permissions: bool, product_permissions: bool, by: Member
) -> None:
    """Switch both; when product permissions begin, nobody loses anything before somebody takes it away."""
    begins = product_permissions and not organization.product_permissions
    organization.company_permissions = company_permissions
    organization.product_permissions = product_permissions
    organization.save(update_fields=["company_permissions", "product_permissions"])
    if begins:
        members = Member.objects.filter(organization=organization, products=[])
        members.update(products=list(products_of(organization)))
    words = said(
        "Company permissions are {companies}, product permissions are {products}.",
        companies=_word(company_permissions),
        products=_word(product_permissions),
    )
    events.record("organization.permissions", words, actor=str(by.user))


def _word(is_on: bool) -> str:
    return noted("on") if is_on else noted("off")
