"""A worker that cannot work says why in one line."""

import os
import subprocess
import sys
from pathlib import Path

from tests.server.served import environment


def test_a_worker_without_its_database_says_so_and_ends(tmp_path: Path) -> None:
    told = {
        "DATABASE_URL": f"postgresql://nobody@/none?host={tmp_path}",
        "CARDABLE_DATA": str(tmp_path),
        "CARDABLE_SECRET_KEY": os.environ["CARDABLE_SECRET_KEY"],
    }
    command = [sys.executable, "-m", "cardable.server.worker", "--alone"]
    ended = subprocess.run(command, env=environment(told), capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr.strip()) == (1, "The worker could not reach the database.")
