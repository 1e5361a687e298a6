"""What is logged: what happened to which address pattern, never whose data it was about.

A line has a time, a level, a place and words. Names of pages stand for addresses, ids stay, and whatever
looks like a mail address, a web address's query or secret, or a row of a table is cut out.
"""

import json
import logging
import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from procrastinate.exceptions import ConnectorException

from cardable.server.operations.counting import count_request
from cardable.server.origin import correlation, correlation_of

log = logging.getLogger("cardable.requests")

_CUTS = (
    (re.compile(r"(?P<scheme>\b[a-z][a-z0-9+]*://)[^\s/@]+@"), r"\g<scheme><secret>@"),
    (re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"), "<mail address>"),
    (re.compile(r"(?P<address>\b[a-z][a-z0-9+]*://[^\s?'\"]*)\?[^\s'\")]*"), r"\g<address>?<query>"),
    (re.compile(r"(?m)^(?P<word>DETAIL|HINT|CONTEXT|LINE \d+):.*$"), r"\g<word>: <data>"),
    (re.compile(r"/(?:password/reset/key|link)/[^\s'\"]+"), "/<secret address>"),
)


def cut(text: str) -> str:
    """The text without what may tell of a person or open a door."""
    for pattern, instead in _CUTS:
        text = pattern.sub(instead, text)
    return text


class Line(logging.Formatter):
    """One plain line an event, and the traceback below it where there is one."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        said = super().format(record)
        return cut(f"{said} [{correlation.get()}]" if correlation.get() and not record.exc_info else said)


class JsonLine(Line):
    """One JSON object an event, with the id that its request and the jobs it made share."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": cut(record.getMessage()),
            "request": correlation.get() or None,
            **getattr(record, "figures", {}),
        }
        if record.exc_info:
            said["fault"] = cut(self.formatException(record.exc_info))
        return json.dumps({name: value for name, value in said.items() if value is not None})


class Quiet(logging.Filter):
    """Leaves out what the framework says of answers, addresses and all; cardable.requests says it too.

    Where the database is away, that is all there is to say: no traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if isinstance(fault, ConnectorException):
            record.exc_info, record.msg, record.args = None, "The database is away (%s)", (record.name,)
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return record.name != "django.request" or fault is not None


class RequestLogMiddleware:
    """Says of each request which page it asked for, how that went and how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, id = time.perf_counter(), correlation_of(request.headers.get("X-Request-Id", ""))
        token = correlation.set(id)
        try:
            response = self._get_response(request)
            response.headers["X-Request-Id"] = id
            if not request.path.startswith("/static/"):
                self._say(request, response.status_code, time.perf_counter() - began)
        finally:
            correlation.reset(token)
        return response

    @staticmethod
    def _say(request: HttpRequest, status: int, seconds: float) -> None:
        page = (request.resolver_match.view_name if request.resolver_match else None) or "-"
        method = request.method or "-"
        figures = {"method": method, "page": page, "status": status, "ms": round(seconds * 1000)}
        words = ("%s %s %s %.0f ms", method, page, status, seconds * 1000)
        log.info(*words, extra={"figures": figures})
        count_request(page, method, status, seconds)
