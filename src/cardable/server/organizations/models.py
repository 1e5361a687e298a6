"""An organization, its users and their membership."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from cardable.language import ENGLISH
from cardable.server.tenancy import OfOrganization


def english_alone() -> list[str]:
    """The languages of an organization that has chosen none."""
    return [ENGLISH]


class Organization(models.Model):
    """One issuer's tenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    primary_color = models.CharField(max_length=7, default="#1F4E79")
    one_time_links = models.BooleanField(default=True)
    manage_connections = models.BooleanField(default=True, db_default=True)
    """Whether customers disconnect and reconnect by themselves in the Link."""
    languages = models.JSONField(default=english_alone, db_default=["en"])
    """The languages of its Link, portal and reports by code, its own first."""
    redirect_url = models.CharField(max_length=2000, blank=True)
    allowed_redirect_urls = models.JSONField(default=list, db_default=[])
    """Scheme and host of each page that a redirect with places in its host may lead to."""
    subscription_domains = models.JSONField(default=list)
    report_parameters = models.JSONField(default=dict)
    company_permissions = models.BooleanField(default=False, db_default=False)
    """Whether Onboarding, Advisor and Analyst users reach only companies they own."""
    product_permissions = models.BooleanField(default=False, db_default=False)
    """Whether those users reach only companies with a product they hold."""
    requires_second_factor = models.BooleanField(default=False, db_default=False)
    password_sign_in = models.BooleanField(default=True, db_default=True)
    login_message = models.CharField(max_length=500, blank=True, default="", db_default="")
    """Shown at every sign-in."""
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **more: Any) -> "User":
        user = self.model(email=email.strip().lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in; what it may see comes from its membership."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    """The language it chose; empty: its organization's own."""
    is_technical = models.BooleanField(default=False, db_default=False)
    """Whether it said to be involved in the technical implementation."""
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_second_factor(self) -> bool:
        """Whether an authenticator app is in force for its account."""
        factor = getattr(self, "second_factor", None)
        return factor is not None and factor.confirmed_at is not None

    @property
    def initials(self) -> str:
        words = (self.name or self.email).split()
        return "".join(word[0] for word in words[:2]).upper()


class Member(OfOrganization):
    """A user's place in an organization."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, default="Analyst")
    """Onboarding, Advisor, Analyst, Developer or Administrator."""
    is_active = models.BooleanField(default=True)
    columns = models.JSONField(default=list)
    """The optional columns it shows on the Companies tab; empty: the default view."""
    products = models.JSONField(default=list, db_default=[])
    """The products it holds, which count where the organization has product permissions."""
    subjects = models.JSONField(default=dict, db_default={})
    """What identity providers call it, by kind of provider."""
    is_from_groups = models.BooleanField(default=False, db_default=False)
    """Whether it was let in by a group at the identity provider, and stays only as long as that lasts."""
    external_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    """What the directory that provisions users calls it."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organization", "user"], name="one_member_a_user"),)

    def __str__(self) -> str:
        return str(self.user)
