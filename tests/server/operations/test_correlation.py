"""One id ties a request to its log lines, its audit entries and the jobs it made."""

import json
import logging
import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from cardable.server.audit.jobs import link_all
from cardable.server.companies.models import Company
from cardable.server.deferring import CORRELATION, enqueue
from cardable.server.logs import JsonLine, Line
from cardable.server.operations import figures
from cardable.server.organizations.models import Organization
from cardable.server.origin import correlation
from cardable.server.rescue import watched
from tests.server.audit.entries import entries

pytestmark = pytest.mark.usefixtures("database", "static_files")
GIVEN = "7b2c9f1e-balancer-01"


def test_an_id_that_a_proxy_gave_is_kept(
    client: Client, company: Company, organization: Organization
) -> None:
    answer = client.get(f"/companies/{company.id}/", headers={"x-request-id": GIVEN})
    assert answer.headers["X-Request-Id"] == GIVEN
    assert entries(organization, "company.viewed")[0].request_id == GIVEN


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "line\tbreak-and-more", '"},{"level":"x', "ünïcödé-id"]
)
def test_an_id_that_could_be_anything_else_is_replaced(given: str, client: Client) -> None:
    answer = client.get("/companies/", headers={"x-request-id": given})
    assert len(answer.headers["X-Request-Id"]) == 32


def test_nothing_of_a_request_stays_for_the_next(client: Client) -> None:
    client.get("/companies/", headers={"x-request-id": GIVEN})
    assert correlation.get() == ""


def record(message: str, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("cardable.x", logging.INFO, "x.py", 1, message, (), None)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_a_json_line_holds_the_id_the_figures_and_no_person() -> None:
    token = correlation.set(GIVEN)
    try:
        said = json.loads(JsonLine().format(record("mail to ada@demo.bank failed", figures={"ms": 12})))
    finally:
        correlation.reset(token)
    assert (said["message"], said["request"], said["ms"]) == ("mail to <mail address> failed", GIVEN, 12)
    assert said["time"].endswith("Z")


def test_a_json_line_with_a_fault_is_one_line() -> None:
    try:
        raise ValueError("no such user: ada@demo.bank\nat all")
    except ValueError:
        line = JsonLine().format(record("failed", exc_info=sys.exc_info()))
    assert "\n" not in line
    assert "ada@demo.bank" not in line
    assert "Traceback" in json.loads(line)["fault"]


def test_a_plain_line_ends_with_the_id() -> None:
    token = correlation.set(GIVEN)
    assert Line().format(record("GET companies 200 12 ms")).endswith(f"12 ms [{GIVEN}]")
    correlation.reset(token)


def run(arguments: dict[str, Any], failing: bool = False) -> list[str]:
    """What a job sees while the worker's watch is around it."""
    seen: list[str] = []
    job = Job(
        id=7, queue="default", lock=None, queueing_lock=None, task_name="audit.link", task_kwargs=arguments
    )

    def do() -> None:
        seen.append(correlation.get())
        assert CORRELATION not in job.task_kwargs
        if failing:
            raise LookupError

    watched(do, cast(Any, SimpleNamespace(job=job)), cast(Any, SimpleNamespace(app=app)))
    return seen


def test_a_job_runs_under_the_id_of_the_request_that_made_it() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    token = correlation.set(GIVEN)
    enqueue(link_all, timestamp=0)
    correlation.reset(token)
    job = ProcrastinateJob.objects.get()
    assert run(dict(job.args)) == [GIVEN]
    assert run({"timestamp": 0}) == ["job-7"]


def test_runs_are_counted_with_their_faults() -> None:
    run({"timestamp": 0})
    with pytest.raises(LookupError):
        run({"timestamp": 0}, failing=True)
    (task,) = figures.tasks()
    assert (task.name, task.done, task.failed) == ("audit.link", 1, 1)
    assert task.last_failed_at
