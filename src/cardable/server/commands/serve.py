"""`cardable serve`: database, web server and worker on one machine, with one command."""

import json
import os
from argparse import Namespace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from cardable.server.commands import _ports
from cardable.server.commands._setup import data_folder, set_up
from cardable.server.serving import held, started, web, worker
from cardable.server.supervisor import Process, Stop, stop_all, supervise


def run(options: Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    data = data_folder(options)
    with held(data):
        _ports.need_free(options.host, options.port)
        address = f"http://{_ports.shown(options.host)}:{options.port}"
        os.environ.setdefault("CARDABLE_BASE_URL", address)
        if options.demo:
            # Who looks around wants to see where to go, not each request.
            os.environ.setdefault("CARDABLE_LOG_LEVEL", "WARNING")
        stop = Stop()
        print("Starting…", flush=True)
        with started(data) as (url, database):
            words = _prepare(data, url, demo=options.demo)
            children = [web(options.host, options.port), worker(alone=bool(database))]
            try:
                _supervise([*database, *children], stop, options, words)
            finally:
                print("Stopping…", flush=True)
                stop_all(children, lambda: stop.times > 1)
    print("Stopped.", flush=True)
    return 0


def _prepare(data: Path, url: str, *, demo: bool) -> list[str]:
    """Tables, stylesheets and perhaps the demo; the lines that say how to sign in."""
    set_up(data, url, quiet=False)
    from cardable.server.preparation import prepare

    return prepare(demo=demo)


def _supervise(processes: list[Process], stop: Stop, options: Namespace, words: list[str]) -> None:
    health = f"http://{_ports.reachable(options.host)}:{options.port}/healthz"

    def is_ready() -> bool:
        try:
            with urlopen(health, timeout=2) as answer:
                return all(json.load(answer).values())
        except (URLError, OSError, ValueError):
            return False

    def announce() -> None:
        print(
            "\n".join(["", f"Cardable is running: {os.environ['CARDABLE_BASE_URL']}", *words, ""]), flush=True
        )

    supervise(processes, stop, is_ready=is_ready, announce=announce)
