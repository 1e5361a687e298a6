"""The form behind the link of a reset mail."""

from typing import Any

from allauth.account.forms import ResetPasswordKeyForm
from django.utils.translation import gettext_lazy as _


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """Asks for the new password twice, in the words of the account settings."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("Confirm new password")
