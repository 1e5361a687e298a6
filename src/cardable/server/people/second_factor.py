"""A code from an authenticator app beside the password, and codes on paper for the day the phone is lost."""

import secrets
import time

import pyotp
import segno
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from cardable.server.audit.hooks import tell_of_user
from cardable.server.organizations.models import User
from cardable.server.people.models import SecondFactor
from cardable.server.secrets import context_of, seal, unseal

RECOVERY_CODES = 10
_STEP_SECONDS = 30
_CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def begin(user: User) -> str:
    """A seed for the person's app, the same one until a first code confirms it."""
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is None:
        factor = SecondFactor(user=user)
        factor.seed = seal(pyotp.random_base32().encode(), context=context_of(factor, "seed"))
        factor.save(force_insert=True)
    return _seed(factor)


def setup_address(user: User, seed: str, *, issuer: str) -> str:
    """What an authenticator app reads from the QR code."""
    return pyotp.TOTP(seed).provisioning_uri(name=user.email, issuer_name=issuer)


def qr_code(address: str) -> str:
    """The address as a picture for an `img`."""
    return segno.make(address, error="m").svg_data_uri(border=3, scale=5, light="#ffffff", dark="#000000")


def confirm(user: User, code: str) -> list[str] | None:
    """Put the second factor in force with a first code; the recovery codes, or None where it is wrong."""
    with transaction.atomic():
        factor = _held(user)
        if factor is None or factor.confirmed_at is not None or not _takes(factor, code):
            return None
        codes = _new_codes(factor)
        factor.confirmed_at = timezone.now()
        factor.save()
    return codes


def accepted(user: User, code: str) -> str:
    """`app` for the code the app shows now, `recovery code` for one of those, else nothing."""
    with transaction.atomic():
        factor = _held(user)
        if factor is None or factor.confirmed_at is None:
            return ""
        kind = "app" if _takes(factor, code) else "recovery code" if _spends(factor, code) else ""
        if kind:
            factor.save()
    return kind


def new_recovery_codes(user: User) -> list[str]:
    """Ten new codes; earlier ones work no more."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(user=user)
        codes = _new_codes(factor)
        factor.save()
        tell_of_user("second-factor.renewed", user)
    return codes


def take_away(user: User) -> bool:
    """The account has no second factor any more; whether it had one in force."""
    factors = SecondFactor.objects.filter(user=user)
    had = factors.filter(confirmed_at__isnull=False).exists()
    factors.delete()
    if had:
        tell_of_user("second-factor.removed", user)
    return had


def _held(user: User) -> SecondFactor | None:
    return SecondFactor.objects.select_for_update().filter(user=user).first()


def _seed(factor: SecondFactor) -> str:
    return unseal(factor.seed, context=context_of(factor, "seed")).decode()


def _takes(factor: SecondFactor, code: str) -> bool:
    """Whether the app shows this code now, a step ago or a step ahead; a step is taken once."""
    digits = "".join(code.split())
    app, now = pyotp.TOTP(_seed(factor)), int(time.time()) // _STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if step > factor.last_step and constant_time_compare(app.at(step * _STEP_SECONDS), digits):
            factor.last_step = step
            return True
    return False


def _spends(factor: SecondFactor, code: str) -> bool:
    wanted = _digest(factor, code)
    kept = [each for each in factor.recovery_codes if not constant_time_compare(each, wanted)]
    was_there = len(kept) < len(factor.recovery_codes)
    factor.recovery_codes = kept
    return was_there


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = ["-".join(_letters(5) for _ in range(2)) for _ in range(RECOVERY_CODES)]
    factor.recovery_codes = [_digest(factor, code) for code in codes]
    return codes


def _letters(count: int) -> str:
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(count))


def _digest(factor: SecondFactor, code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return salted_hmac("cardable.recovery", f"{factor.pk}:{plain}", algorithm="sha256").hexdigest()
