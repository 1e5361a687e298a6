"""A job outlives its worker, is done once more at most by another, and is given up at last."""

from pathlib import Path

import psutil
import pytest

from tests.server.ill_treated.conftest import defer
from tests.server.ill_treated.jobs import kills_its_worker, step_by_step
from tests.server.served import Served, eventually


def lines(path: Path) -> int:
    return len(path.read_text().splitlines()) if path.exists() else 0


def all_done(server: Served) -> None:
    eventually(
        lambda: (
            server.sql("select count(*) from procrastinate_jobs where task_name = 'tests.step_by_step'")
            == [(0,)]
        ),
        60,
        "no job is left",
    )


def test_a_job_whose_worker_was_killed_is_done_by_the_next(battered: Served, folder: Path) -> None:
    defer(battered, step_by_step, folder=str(folder), name="one")
    eventually(lambda: lines(folder / "one.begun") == 1)
    battered.kill("cardable.server.worker")
    eventually(lambda: lines(folder / "one.begun") == 2, 60, "taken up again within a minute")
    (folder / "go on").touch()
    all_done(battered)
    assert (lines(folder / "one.begun"), lines(folder / "one.done")) == (2, 1)


def test_a_job_outlives_a_restart_of_the_database(battered: Served, folder: Path) -> None:
    defer(battered, step_by_step, folder=str(folder), name="one")
    eventually(lambda: lines(folder / "one.begun") == 1)
    battered.kill("postgres")
    (folder / "go on").touch()
    defer(battered, step_by_step, folder=str(folder), name="two")
    all_done(battered)
    assert lines(folder / "one.done") in (1, 2)
    assert lines(folder / "two.done") == 1


def test_a_server_that_was_off_catches_up_with_the_chores_of_the_clock(battered: Served) -> None:
    for chore in ("insights.hourly", "insights.daily"):
        eventually(lambda chore=chore: f"({chore}) was done" in battered.log, 30, f"{chore} is done")  # type: ignore[misc]
    deferred = "select distinct task_name from procrastinate_periodic_defers order by 1"
    assert {name for (name,) in battered.sql(deferred)} >= {"insights.daily", "insights.hourly"}


def test_a_stopped_server_lets_its_jobs_finish_and_leaves_nothing_behind(
    own_server: Served, folder: Path
) -> None:
    defer(own_server, step_by_step, folder=str(folder), name="one")
    eventually(lambda: lines(folder / "one.begun") == 1)
    family = psutil.Process(own_server.process.pid).children(recursive=True)
    own_server.process.terminate()
    eventually(lambda: "Stopping" in own_server.log, 20)
    (folder / "go on").touch()
    assert own_server.stop() == 0
    assert lines(folder / "one.done") == 1
    assert [process for process in family if process.is_running()] == []


def test_a_job_too_long_to_wait_for_is_left_to_the_next_worker(battered: Served, folder: Path) -> None:
    before = len(battered.log)
    defer(battered, step_by_step, folder=str(folder), name="one")
    eventually(lambda: lines(folder / "one.begun") == 1)
    battered.part("cardable.server.worker").terminate()
    eventually(lambda: lines(folder / "one.begun") == 2, 60, "taken up again")
    (folder / "go on").touch()
    all_done(battered)
    assert lines(folder / "one.done") == 1
    assert "lost its worker" not in battered.log[before:]
    assert "is killed" not in battered.log[before:]
    eventually(battered.is_healthy, 60, "healthy again")


@pytest.mark.slow
def test_a_job_that_kills_every_worker_is_given_up_and_its_task_is_told(
    battered: Served, folder: Path
) -> None:
    defer(battered, kills_its_worker, folder=str(folder))
    eventually((folder / "given up").exists, 180)
    assert lines(folder / "tries") == 3
    mine = "select status::text from procrastinate_jobs where task_name = 'tests.kills_its_worker'"
    eventually(lambda: battered.sql(mine) == [("failed",)], 30)
