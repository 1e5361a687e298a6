"""/metrics: true figures, in the form Prometheus reads, for nobody who may not have them."""

import dataclasses
import re

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from cardable.server.audit.jobs import link_all
from cardable.server.deferring import enqueue
from cardable.server.operations.counting import add_requests, count_request, count_task
from cardable.server.tenancy import acting_for
from tests.server.conftest import make_company, make_organization

pytestmark = pytest.mark.usefixtures("database")
LINE = re.compile(r'^cardable_[a-z0-9_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? -?[0-9.e+-]+$')


@pytest.fixture(autouse=True)
def nothing_remembered(database: None) -> None:
    from django.core.cache import cache

    cache.clear()


def ask(**headers: str) -> tuple[int, str]:
    answer = Client().get("/metrics", headers={"host": "a-load-balancer:8000", **headers})
    return answer.status_code, answer.content.decode()


def figure(name: str) -> float:
    """The value of one sample."""
    return float(next(line.rpartition(" ")[2] for line in ask()[1].splitlines() if line.startswith(name)))


def test_every_line_can_be_read_by_prometheus() -> None:
    count_request('a "page"\n', "GET", 200, 0.3)
    add_requests()
    status, text = ask()
    assert status == 200
    assert [line for line in text.splitlines() if not line.startswith("# ") and not LINE.match(line)] == []
    names = re.findall(r"^# TYPE (\S+)", text, re.MULTILINE)
    assert len(names) == len(set(names))


def test_waiting_jobs_and_the_age_of_the_oldest_are_told() -> None:
    assert figure("cardable_jobs_oldest_waiting_seconds") == 0
    enqueue(link_all, timestamp=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("update procrastinate_events set at = at - interval '90 seconds'")
    assert figure('cardable_jobs{task="audit.link",status="todo"}') == 1
    assert 89 < figure("cardable_jobs_oldest_waiting_seconds") < 200


def test_runs_of_jobs_add_up() -> None:
    count_task("insights.generate", 2.0, failed=False)
    count_task("insights.generate", 5.5, failed=True)
    assert figure('cardable_job_runs_total{task="insights.generate",outcome="done"}') == 1
    assert figure('cardable_job_runs_total{task="insights.generate",outcome="failed"}') == 1
    assert figure('cardable_job_seconds_total{task="insights.generate"}') == 7.5
    assert figure('cardable_job_longest_seconds{task="insights.generate"}') == 5.5


def test_requests_of_every_process_add_up() -> None:
    for seconds in (0.05, 0.3, 1.0, 9.0):
        count_request("companies", "GET", 200, seconds)
        add_requests()
    labels = 'page="companies",method="GET",status="200"'
    buckets = [figure(f'cardable_http_request_seconds_bucket{{{labels},le="{le}"}}') for le in BOUNDS]
    assert buckets == [1, 2, 3, 4]
    assert figure(f"cardable_http_request_seconds_sum{{{labels}}}") == 10.35


BOUNDS = ("0.1", "0.5", "2", "+Inf")


def test_a_method_nobody_knows_makes_no_label_of_its_own() -> None:
    count_request("-", "X" * 5000, 405, 0.1)
    add_requests()
    assert figure('cardable_http_request_seconds_count{page="-",method="other",status="405"}') == 1


def test_stored_bytes_of_all_organizations_add_up() -> None:
    from cardable.server.connections.models import Upload
    from tests.server.bringing import connect, upload

    for name in ("One", "Two"):
        organization = make_organization(name, name.lower())
        held = connect(make_company(organization, "Harbor"))
        with acting_for(organization.id):
            made = upload(held, "a.csv", "x" * 100)
            Upload.objects.filter(id=made.id).update(bytes=100)
    assert figure('cardable_storage_bytes{kind="uploads"}') == 200


@pytest.mark.parametrize(
    "headers", [{"x-forwarded-for": "127.0.0.1"}, {"x-real-ip": "10.0.0.1"}, {"forwarded": "for=10.0.0.1"}]
)
def test_what_comes_through_a_proxy_learns_nothing(headers: dict[str, str]) -> None:
    assert ask(**headers) == (404, "Not found.\n")


def test_another_machine_learns_nothing() -> None:
    assert Client(REMOTE_ADDR="10.0.0.7").get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [("Bearer a token of twenty letters", 200), ("Bearer a token", 404), ("", 404), ("Bearer é", 404)],
)
def test_with_a_token_only_the_token_counts(given: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    own = dataclasses.replace(settings.ENVIRONMENT, metrics_token="a token of twenty letters")
    monkeypatch.setattr(settings, "ENVIRONMENT", own)
    answer = Client(REMOTE_ADDR="10.0.0.7").get("/metrics", headers={"authorization": given} if given else {})
    assert answer.status_code == status


def test_without_its_database_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    connections["default"].close()
    monkeypatch.setitem(connections["default"].settings_dict, "NAME", "no_such_database")
    status, text = ask()
    assert (status, 'cardable_up{part="database"} 0' in text) == (200, True)
