"""A served Cardable: one per folder and port, gone without a trace, up again when a part dies."""

import signal
import sys
from pathlib import Path

import psutil
import pytest

from tests.server.served import PASSWORD, Served, cardable, eventually, free_port, serving


def test_a_second_server_on_the_folder_or_the_port_says_so(served: Served, tmp_path: Path) -> None:
    again = served.run("serve", "--port", str(free_port()))
    assert (again.returncode, "already runs on" in again.stderr) == (2, True)
    taken = cardable("serve", "--port", str(served.port), "--data", str(tmp_path / "other"))
    assert (taken.returncode, "is taken" in taken.stderr) == (2, True)


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_server_leaves_nothing_behind(with_signal: int) -> None:
    with serving() as server:
        family = psutil.Process(server.process.pid).children(recursive=True)
        assert len(family) > 4
        assert server.stop(with_signal) == 0
        assert [process for process in family if process.is_running()] == []
        assert "Traceback" not in server.log
        assert "database system is shut down" in (server.data / "postgres.log").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_a_killed_server_leaves_nothing_behind_either(own_server: Served) -> None:
    family = psutil.Process(own_server.process.pid).children(recursive=True)
    own_server.process.kill()
    eventually(lambda: not any(process.is_running() for process in family), 40, "all children end")


@pytest.mark.parametrize("part", ["granian", "cardable.server.worker", "postgres"])
def test_a_part_that_dies_is_started_again(own_server: Served, part: str) -> None:
    before = own_server.part(part).pid
    own_server.kill(part)
    eventually(own_server.is_healthy, 40, f"healthy again without {part}")
    assert own_server.part(part).pid != before
    assert (
        own_server.run(
            *("create-admin", "--organization", "Demo Bank", "--email", "two@demo.bank", "--password-stdin"),
            given=PASSWORD,
        ).returncode
        == 0
    )


def test_nobodys_address_is_logged(served: Served) -> None:
    said = served.log.replace("YOU@EXAMPLE.COM", "")
    assert "cardable.requests GET" in said or served.is_healthy()
    assert "@" not in said
