"""Jobs that write down each step they take, so that a test can see what was lost or done twice."""

import os
import time
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from cardable.server import storage
from cardable.server.rescue import Patience, when_given_up

_put_folder, _delete = storage.put_folder, storage.delete


def _stay_at(place: str) -> None:
    """Say that the place is reached, and stay there as long as the test wants."""
    wanted = Path(settings.ENVIRONMENT.data) / "stay" / place
    if wanted.exists():
        wanted.with_suffix(".reached").touch()
    while wanted.exists():
        time.sleep(0.05)


def put_folder(prefix: str, folder: Path) -> None:
    """Stay between files kept and the row that points at them."""
    _put_folder(prefix, folder)
    _stay_at("snapshots" if "/snapshots/" in prefix else "runs")


def delete(prefix: str) -> None:
    """Stay between files gone and the rows that go next."""
    _delete(prefix)
    _stay_at("deletion")


storage.put_folder, storage.delete = put_folder, delete


@app.task(name="tests.step_by_step", retry=Patience())
def step_by_step(folder: str, name: str) -> None:
    """Say “begun”, wait until told to go on, then say “done” once."""
    place = Path(folder)
    with (place / f"{name}.begun").open("a") as begun:
        begun.write(f"{os.getpid()}\n")
    while not (place / "go on").exists():
        time.sleep(0.05)
    with (place / f"{name}.done").open("a") as done:
        done.write("done\n")


@app.task(name="tests.kills_its_worker", retry=Patience())
def kills_its_worker(folder: str) -> None:
    """End the worker at once, every time."""
    with (Path(folder) / "tries").open("a") as tries:
        tries.write("tried\n")
    os._exit(3)


@when_given_up("tests.kills_its_worker")
def note_it(folder: str) -> None:
    (Path(folder) / "given up").touch()
