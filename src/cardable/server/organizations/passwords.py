"""What a password may not be."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from cardable.server.organizations.access import organization_names
from cardable.server.organizations.models import User

LONGEST = 128
_SHORTEST_NAME = 4


class PasswordRules:
    """At most 128 characters, not the current one, and without the names an outsider would try first."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="too_long")
        if user is None:
            return
        if user.password and check_password(password, user.password):
            raise ValidationError("This is your password already. Choose another.", code="same")
        names = [user.email.split("@")[0], *organization_names(user)]
        if any(len(name) >= _SHORTEST_NAME and name.lower() in password.lower() for name in names):
            raise ValidationError(
                "Leave out your e-mail name and your organization's name.", code="contains_name"
            )

    def get_help_text(self) -> str:
        return f"At most {LONGEST} characters, without your e-mail name or your organization's."
