"""Counts what a page asks of the database."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, path: str) -> int:
    """How many questions a page asks; it must be there."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        answer.getvalue()
    return len(asked)


def assert_as_many_queries(client: Client, path: str, make: Callable[[int], None]) -> None:
    """The page asks as often for 20 things as for 2; `make` makes so many more of them."""
    make(2)
    queries_of(client, path)
    few = queries_of(client, path)
    make(18)
    assert queries_of(client, path) == few
