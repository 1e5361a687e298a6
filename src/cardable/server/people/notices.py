"""What a person is told by mail after something about its account changed."""

from django.conf import settings

from cardable.language import noted, speaker
from cardable.server.deferring import enqueue
from cardable.server.languages import language_of_user
from cardable.server.organizations.models import User

MAIL = "people.mail_notice"
_ENDING = noted("If this was not you, tell an administrator of your organization at once.")
_KINDS = {
    "password": (
        noted("Your password was changed"),
        noted(
            "The password of your Cardable account {email} was changed. Every other device was signed out."
        ),
    ),
    "second factor on": (
        noted("Your account now asks for a code"),
        noted("An authenticator app was set up for your Cardable account {email}."),
    ),
    "second factor off": (
        noted("Your account no longer asks for a code"),
        noted("The authenticator app was removed from your Cardable account {email}."),
    ),
    "recovery codes": (
        noted("You have new recovery codes"),
        noted("New recovery codes were made for your Cardable account {email}; earlier ones work no more."),
    ),
    "recovery code used": (
        noted("A recovery code was used"),
        noted(
            "Somebody signed in to your Cardable account {email} with a recovery code, which works no more."
        ),
    ),
    "address": (
        noted("Your e-mail address was changed"),
        noted(
            "An administrator changed the address of your Cardable account. Sign in as {email} from now on."
        ),
    ),
}


def tell(user: User, kind: str, *, to: str = "") -> None:
    """Queue the mail about a change, to the address of before where that is what changed."""
    enqueue(MAIL, user_id=user.pk, kind=kind, to=to)


def text_of(kind: str, user: User) -> tuple[str, str]:
    """Subject and text, in the person's language."""
    say = speaker(language_of_user(user))
    subject, told = _KINDS[kind]
    parts = (say(told, email=user.email), say(_ENDING), settings.ENVIRONMENT.base_url)
    return say(subject), "\n\n".join(parts) + "\n"
