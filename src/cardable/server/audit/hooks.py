"""Where the audit log listens: sign-in, second factor and password, and every event of the activity log."""

import uuid
from typing import Any

from allauth.account import signals as account
from django.contrib.auth import signals as auth
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest

from cardable.language import noted
from cardable.server import audit, events
from cardable.server.events.models import Event
from cardable.server.organizations.access import every_organization, memberships_of
from cardable.server.organizations.models import User
from cardable.server.people import signals as second_factor
from cardable.server.tenancy import meanwhile

_OF_COLLEAGUES = ("user.", "provisioning.")
# The address that hands them out tells more of them than the event does.
_TOLD_BY_ADDRESS = ("reports.downloaded", "records.downloaded")


def connect() -> None:
    """Listen from now on."""
    auth.user_logged_in.connect(_signed_in)
    auth.user_logged_out.connect(_signed_out)
    auth.user_login_failed.connect(_sign_in_failed)
    for signal, action in (
        (account.password_changed, "password.changed"),
        (account.password_set, "password.set"),
        (account.password_reset, "password.reset"),
    ):
        _tell(signal, action)
    _listen_to_second_factors()
    events.when(events.ANY)(_happened)


def tell_of_user(action: str, user: User, request: HttpRequest | None = None, **details: Any) -> None:
    """Write down what was done to a person's account, by itself or for it, in each of its organizations."""
    with transaction.atomic(), meanwhile():
        concerned = [member.organization_id for member in memberships_of(user)]
    asking = getattr(request or audit.current_request.get(), "member", None)
    is_another = asking is not None and asking.user_id != user.pk
    who = {"actor": asking, "about": user.email} if is_another else {"actor": user}
    for organization in concerned:
        _write(action, organization, request=request, details=details, **who)


def _write(action: str, organization: uuid.UUID, **more: Any) -> None:
    with transaction.atomic():
        audit.write(action, organization=organization, **more)


def _signed_in(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    tell_of_user("sign-in", user, request)


def _signed_out(sender: Any, request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user:
        tell_of_user("sign-out", user, request)


def _sign_in_failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    typed = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
    user = User.objects.filter(email=typed).first()
    if user:
        tell_of_user("sign-in.failed", user, request, reason="" if user.is_active else noted("disabled"))
        return
    # Nobody has this address, so no organization is concerned, unless there is but one.
    only = every_organization()
    if len(only) == 1:
        details = {"reason": noted("nobody has this address")}
        _write("sign-in.failed", only[0], actor=_masked(typed), request=request, details=details)


def _masked(typed: str) -> str:
    """An address that is none of ours: enough to see a pattern, not enough to tell a person or a password."""
    name, at, domain = typed.rpartition("@")
    return f"{name[:1]}…@{domain[:100]}" if at and name else "unknown"


def _tell(signal: Signal, action: str) -> None:
    """Write down each sending of a signal that names a user."""

    def listen(sender: Any, user: User, request: HttpRequest | None = None, **more: Any) -> None:
        details = {"type": more["kind"]} if more.get("kind") else {}
        tell_of_user(action, user, request, **details)

    signal.connect(listen, weak=False)


def _listen_to_second_factors() -> None:
    for signal, action in (
        (second_factor.second_factor_passed, "second-factor.passed"),
        (second_factor.second_factor_failed, "second-factor.failed"),
        (second_factor.second_factor_added, "second-factor.added"),
        (second_factor.second_factor_removed, "second-factor.removed"),
        (second_factor.second_factor_renewed, "second-factor.renewed"),
    ):
        _tell(signal, action)


def _happened(event: Event) -> None:
    """Each event of the activity log; its words stay there, as they may hold a customer's data."""
    if event.kind in _TOLD_BY_ADDRESS:
        return
    audit.write(
        event.kind,
        organization=event.organization_id,
        actor=_asking() or event.actor or None,
        company=event.company_id,
        # Of colleagues the log tells who; of customers only which company.
        about=event.words if event.kind.startswith(_OF_COLLEAGUES) else "",
    )


def _asking() -> Any:
    """The member behind the request under way, or a customer in the Link."""
    request = audit.current_request.get()
    if request is None:
        return None
    request.told = True  # type: ignore[attr-defined]
    member = getattr(request, "member", None)
    if member is None and not _is_customers(request):
        # Whoever joins or provisions is named by the event.
        return None
    return member or audit.CUSTOMER


def _is_customers(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is None or (match.view_name or "").startswith("link-")
