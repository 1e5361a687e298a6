"""What a password may not be."""

from collections.abc import Iterable

from django import forms
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cardable.server.organizations.access import organization_names
from cardable.server.organizations.models import User

SHORTEST, LONGEST = 12, 128
HINT = format_lazy(
    _("{shortest} to {longest} characters of any kind; several words are easiest to keep."),
    shortest=SHORTEST,
    longest=LONGEST,
)
_SHORTEST_NAME = 4


class PasswordRules:
    """At most 128 characters, not the current one, and without the names an outsider would try first."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                gettext("Use at most {most} characters.").format(most=LONGEST), code="too_long"
            )
        if user is None:
            return
        if user.password and check_password(password, user.password):
            raise ValidationError(gettext("This is your password already. Choose another."), code="same")
        refuse_names(password, [user.email.split("@")[0], *organization_names(user)])

    def get_help_text(self) -> str:
        words = gettext("At most {most} characters, without your e-mail name or your organization's.")
        return words.format(most=LONGEST)


def refuse_names(password: str, names: Iterable[str]) -> None:
    """Raises ValidationError where one of the names is in the password."""
    if any(len(name) >= _SHORTEST_NAME and name.lower() in password.lower() for name in names):
        raise ValidationError(
            gettext("Leave out your e-mail name and your organization's name."), code="contains_name"
        )


def password_field(label: str, *, is_new: bool = True) -> forms.CharField:
    """A field for a password, as browsers and password managers know it."""
    filled = "new-password" if is_new else "current-password"
    return forms.CharField(
        label=_(label),
        strip=False,
        help_text=HINT if is_new else "",
        widget=forms.PasswordInput(attrs={"autocomplete": filled}),
    )
