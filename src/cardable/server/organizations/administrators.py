"""An organization and its administrator, made from a terminal by whoever runs the server."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from cardable.server.environment import Refused
from cardable.server.organizations.access import organization_by_slug
from cardable.server.organizations.models import Member, Organization, User
from cardable.server.tenancy import acting_for

_LONGEST_NAME, _LONGEST_SLUG = 200, 60


def make_administrator(organization_name: str, email: str, password: str, *, name: str = "") -> list[str]:
    """Make the person an administrator of the organization, each made where missing; what was done.

    Asked again it changes nothing but the password, where another is given. Raises Refused.
    """
    email = _email(email)
    organization, is_new = _organization(organization_name)
    with acting_for(organization.id):
        if is_new:
            organization.save(force_insert=True)
        user, words = _user(email, name)
        member, joined = Member.objects.get_or_create(
            organization_id=organization.id, user=user, defaults={"role": "Administrator"}
        )
        if not joined and (member.role, member.is_active) != ("Administrator", True):
            member.role, member.is_active = "Administrator", True
            member.save(update_fields=["role", "is_active"])
        words += _password(user, password)
        words += _door(organization)
    made = [f"The organization {organization.name} is new."] if is_new else []
    return [*made, *words, f"{email} is an administrator of {organization.name}."]


def organization_named(name: str) -> Organization | None:
    """The organization of this name, whoever asks: for commands, never for pages."""
    # Only the tables' owner sees every organization; what it finds is read again as anybody would.
    wanted = " ".join(name.split())
    found = Organization.objects.using("owner").filter(name=wanted).values_list("id", flat=True).first()
    if found is None:
        return None
    with acting_for(found):
        return Organization.objects.get(id=found)


def _organization(name: str) -> tuple[Organization, bool]:
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise Refused(f"An organization's name has 1 to {_LONGEST_NAME} characters.")
    found = organization_named(name)
    return (found, False) if found else (Organization(name=name, slug=_free_slug(name)), True)


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:_LONGEST_SLUG].strip("-") or "organization"
    slug, number = wanted, 2
    while organization_by_slug(slug):
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _email(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError as fault:
        raise Refused(f"“{text}” is no e-mail address. Use --email ada@example.com.") from fault
    return email


def _user(email: str, name: str) -> tuple[User, list[str]]:
    user = User.objects.filter(email=email).first()
    if user is None:
        return User.objects.create_user(email, None, name=name.strip()), [f"The account {email} is new."]
    if not user.is_active or (name.strip() and user.name != name.strip()):
        user.is_active, user.name = True, name.strip() or user.name
        user.save(update_fields=["is_active", "name"])
    return user, []


def _door(organization: Organization) -> list[str]:
    """Whoever runs the server gets in by password, also where an identity provider shut everybody out."""
    if organization.password_sign_in:
        return []
    organization.password_sign_in = True
    organization.save(update_fields=["password_sign_in"])
    return ["Signing in by password is switched on again."]


def _password(user: User, password: str) -> list[str]:
    if user.check_password(password):
        return []
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Refused(f"The password cannot be used. {' '.join(fault.messages)}") from fault
    user.set_password(password)
    user.save(update_fields=["password"])
    return ["The password is set."]
