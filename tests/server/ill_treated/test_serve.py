"""A served Cardable: one per folder and port, gone without a trace, up again when a part dies."""

import signal
import sys
from pathlib import Path

import psutil
import pytest

from tests.server.served import Served, cardable, eventually, free_port


def test_a_second_server_on_the_folder_or_the_port_says_so(battered: Served, tmp_path: Path) -> None:
    again = battered.run("serve", "--port", str(free_port()))
    assert (again.returncode, "already runs on" in again.stderr) == (2, True)
    taken = cardable("serve", "--port", str(battered.port), "--data", str(tmp_path / "other"))
    assert (taken.returncode, "is taken" in taken.stderr) == (2, True)


def test_ctrl_c_leaves_nothing_behind(own_server: Served) -> None:
    family = psutil.Process(own_server.process.pid).children(recursive=True)
    assert len(family) > 4
    assert own_server.stop(signal.SIGINT) == 0
    assert [process for process in family if process.is_running()] == []
    assert "Traceback" not in own_server.log
    assert "database system is shut down" in (own_server.data / "postgres.log").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_a_killed_server_leaves_nothing_behind_either(own_server: Served) -> None:
    family = psutil.Process(own_server.process.pid).children(recursive=True)
    own_server.process.kill()
    eventually(lambda: not any(process.is_running() for process in family), 40, "all children end")


def test_parts_that_die_are_started_again(battered: Served) -> None:
    for part in ("granian", "cardable.server.worker", "postgres"):
        before = battered.part(part).pid
        battered.kill(part)
        assert battered.part(part).pid != before
    battered.make_administrator()
    assert "@" not in battered.log.replace("YOU@EXAMPLE.COM", "")
