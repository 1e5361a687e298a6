"""The form behind the link of a reset mail."""

from typing import Any

from allauth.account.forms import ResetPasswordKeyForm
from django.utils.translation import gettext_lazy as _

from cardable.server.people.passwords import HINT


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """Asks for the new password twice, in the words of the account settings."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = {"password1": _("New password"), "password2": _("Confirm new password")}
        for name, label in words.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = HINT
