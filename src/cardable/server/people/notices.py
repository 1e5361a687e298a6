"""What a person is told by mail after something about its account changed."""

from django.conf import settings

from cardable.server.deferring import enqueue
from cardable.server.organizations.models import User

MAIL = "people.mail_notice"
_ENDING = "If this was not you, tell an administrator of your organization at once.\n\n{link}\n"
_KINDS = {
    "password": (
        "Your password was changed",
        "The password of your Cardable account {email} was changed. Every other device was signed out.",
    ),
    "second factor on": (
        "Your account now asks for a code",
        "An authenticator app was set up for your Cardable account {email}.",
    ),
    "second factor off": (
        "Your account no longer asks for a code",
        "The authenticator app was removed from your Cardable account {email}.",
    ),
    "recovery codes": (
        "You have new recovery codes",
        "New recovery codes were made for your Cardable account {email}; earlier ones work no more.",
    ),
    "recovery code used": (
        "A recovery code was used",
        "Somebody signed in to your Cardable account {email} with a recovery code, which works no more.",
    ),
    "address": (
        "Your e-mail address was changed",
        "An administrator changed the address of your Cardable account. Sign in as {email} from now on.",
    ),
}


def tell(user: User, kind: str, *, to: str = "") -> None:
    """Queue the mail about a change, to the address of before where that is what changed."""
    enqueue(MAIL, user_id=user.pk, kind=kind, to=to)


def text_of(kind: str, user: User) -> tuple[str, str]:
    """Subject and text."""
    subject, said = _KINDS[kind]
    text = f"{said}\n\n{_ENDING}".format(email=user.email, link=settings.ENVIRONMENT.base_url)
    return subject, text
