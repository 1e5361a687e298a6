"""Ten failures in a quarter of an hour close a door for a quarter of an hour, in every process at once.

What is closed is never an account: it is one browser's way to it. A browser that the person signed in with
before is counted by itself, so strangers who guess at a colleague's password cannot keep the colleague out.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cardable.server.people.models import FailedAttempt

FAILURES = 10
FAILURES_OF_ADDRESS = 60
WINDOW = timedelta(minutes=15)


def key_of(*words: object) -> str:
    """What failures are counted under; it cannot be read back."""
    return salted_hmac("cardable.attempts", "|".join(map(str, words)), algorithm="sha256").hexdigest()


def is_closed(key: str, *, after: int = FAILURES) -> bool:
    """Whether the last failures came so fast that the door is closed; whoever asks next waits for us."""
    with connection.cursor() as cursor:
        # Attempts made at once would otherwise each see the count of before.
        cursor.execute("select pg_advisory_xact_lock(%s)", [_number(key)])
    found = FailedAttempt.objects.filter(key=key).order_by("-at").values_list("at", flat=True)[:after]
    last = list(found)
    if len(last) < after:
        return False
    return last[0] - last[-1] <= WINDOW and timezone.now() - last[0] < WINDOW


def failed(keys: Iterable[str]) -> None:
    """Count one more failure."""
    now = timezone.now()
    FailedAttempt.objects.bulk_create(FailedAttempt(key=key, at=now) for key in keys)


def forget(key: str) -> None:
    """Whoever got in may fail again as often."""
    FailedAttempt.objects.filter(key=key).delete()


def forget_old() -> None:
    """Let go of failures that close nothing any more."""
    FailedAttempt.objects.filter(at__lt=timezone.now() - 2 * WINDOW).delete()


def _number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
