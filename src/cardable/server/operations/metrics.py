"""`/metrics`: the figures as Prometheus reads them, for whoever has the token or sits on this machine.

Every web server of a fleet tells the same sums, so one of them is enough to ask.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

import cardable
from cardable.server.health import answers
from cardable.server.operations import figures
from cardable.server.origin import is_loopback

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = dict[str, str]
Sample = tuple[Labels, float]


class MetricsMiddleware:
    """Answers `/metrics` before hosts, sessions and tenancy are looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/metrics":
            return self._get_response(request)
        if not _may_ask(request):
            return HttpResponse("Not found.\n", status=404, content_type="text/plain")
        return HttpResponse("".join(lines()), content_type=CONTENT_TYPE)


def _may_ask(request: HttpRequest) -> bool:
    """Whoever knows the token; without one, only a program on this very machine."""
    token = settings.ENVIRONMENT.metrics_token
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        return hmac.compare_digest(given.encode(), token.encode())
    return is_loopback(request)


def lines() -> Iterator[str]:
    """Every figure, by name."""
    yield from _metric("build_info", "gauge", "The release.", [({"version": cardable.__version__}, 1)])
    health = answers()
    yield from _metric("up", "gauge", "Whether a part answers.", _of("part", health))
    if not health["database"]:
        return
    yield from _jobs()
    yield from _requests()
    yield from _metric("storage_bytes", "gauge", "Bytes kept.", _of("kind", figures.stored()))
    yield from _metric("database_bytes", "gauge", "Size of the database.", [({}, figures.database_bytes())])
    yield from _metric("disk_free_bytes", "gauge", "Room left for data.", [({}, figures.free_bytes())])


def _jobs() -> Iterator[str]:
    found = [
        ({"task": task, "status": status}, float(count)) for (task, status), count in figures.jobs().items()
    ]
    yield from _metric("jobs", "gauge", "Jobs waiting, under way or given up.", found)
    oldest: list[Sample] = [({}, figures.oldest_waiting())]
    yield from _metric("jobs_oldest_waiting_seconds", "gauge", "Age of the oldest job that is due.", oldest)
    yield from _metric("workers", "gauge", "Workers heard of lately.", [({}, figures.workers()[0])])
    tasks = figures.tasks()
    runs = [
        ({"task": task.name, "outcome": outcome}, float(count))
        for task in tasks
        for outcome, count in (("done", task.done), ("failed", task.failed))
    ]
    yield from _metric("job_runs_total", "counter", "Runs of jobs that ended.", runs)
    seconds = [({"task": task.name}, task.seconds) for task in tasks]
    yield from _metric("job_seconds_total", "counter", "Time spent in runs of jobs.", seconds)
    longest = [({"task": task.name}, task.longest) for task in tasks]
    yield from _metric("job_longest_seconds", "gauge", "The longest run so far.", longest)


def _requests() -> Iterator[str]:
    found = figures.requests()
    labelled = [
        ({"page": each.page, "method": each.method, "status": str(each.status)}, each) for each in found
    ]
    name = "http_request_seconds"
    yield from _head(name, "histogram", "Requests, by page and how long they took.")
    for labels, each in labelled:
        for bound, count in (
            ("0.1", each.within_100_ms),
            ("0.5", each.within_500_ms),
            ("2", each.within_2_s),
            ("+Inf", each.count),
        ):
            yield _sample(f"{name}_bucket", labels | {"le": bound}, count)
        yield _sample(f"{name}_sum", labels, each.seconds)
        yield _sample(f"{name}_count", labels, each.count)


def _of(label: str, values: Mapping[str, float]) -> list[Sample]:
    return [({label: name}, float(value)) for name, value in values.items()]


def _metric(name: str, kind: str, words: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield from _head(name, kind, words)
    for labels, value in samples:
        yield _sample(name, labels, value)


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP cardable_{name} {words}\n# TYPE cardable_{name} {kind}\n"


def _sample(name: str, labels: Labels, value: float) -> str:
    inner = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"cardable_{name}{{{inner}}} {value:.10g}\n" if inner else f"cardable_{name} {value:.10g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
