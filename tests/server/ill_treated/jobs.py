"""Jobs that write down each step they take, so that a test can see what was lost or done twice."""

import os
import time
from pathlib import Path

from procrastinate.contrib.django import app

from cardable.server.rescue import Patience, when_given_up


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
