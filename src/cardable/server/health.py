"""`/healthz`: whether database, storage and worker answer."""

import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from cardable.server import storage

WORKER_SILENT_AFTER_SECONDS = 30
STORAGE_TRIED_EVERY_SECONDS = 5
_storage_answered: list[tuple[float, bool]] = []


class HealthMiddleware:
    """Answers `/healthz` before hosts, sessions and tenancy are looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/healthz":
            return self._get_response(request)
        found = answers()
        return JsonResponse(found, status=200 if all(found.values()) else 503)


def answers() -> dict[str, bool]:
    """Whether each part answers."""
    return {"database": _database(), "storage": _storage(), "worker": _worker()}


def forget() -> None:
    """Try the storage anew when asked next."""
    _storage_answered.clear()


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Exception:
        return False
    return True


def _storage() -> bool:
    """Whether the storage answered a moment ago; anyone may ask, so not each question costs a request."""
    now = time.monotonic()
    if not _storage_answered or now - _storage_answered[-1][0] > STORAGE_TRIED_EVERY_SECONDS:
        _storage_answered[:] = [(now, _try_storage())]
    return _storage_answered[-1][1]


def _try_storage() -> bool:
    try:
        storage.check()
    except Exception:
        return False
    return True


def _worker() -> bool:
    """Whether some worker has been heard of lately."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select exists (select 1 from procrastinate_workers"
                " where last_heartbeat > now() - make_interval(secs => %s))",
                [WORKER_SILENT_AFTER_SECONDS],
            )
            return bool(cursor.fetchone()[0])
    except Exception:
        return False
