"""One reading process for all files that the tests of a process bring.

Files are really read, and by the real program; only starting it anew for each few rows is spared. Tests of
the reading process itself do without.
"""

from pathlib import Path
from threading import Event

from cardable.intake.model import Limits
from cardable.intake.supervisor import Supervisor


class Lasting:
    """Lends a reading process to each reading, and takes it back for the next."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._resting: list[Supervisor] = []

    def __call__(self, work: Path, limits: Limits, given_up: Event) -> "Lent":
        reader = self._resting.pop() if self._resting else Supervisor(self._folder, limits, given_up)
        reader._limits, reader._given_up = limits, given_up
        return Lent(reader, self._resting)

    def stop(self) -> None:
        for reader in self._resting:
            reader.stop()


class Lent:
    """A reading process in the hands of one reading."""

    def __init__(self, reader: Supervisor, resting: list[Supervisor]) -> None:
        self._reader, self._resting = reader, resting
        self._is_well = True

    def ask(self, request: bytes) -> bytes:
        self._is_well = False
        answer = self._reader.ask(request)
        self._is_well = True
        return answer

    def stop(self) -> None:
        """Give it back; one that did not answer is ended."""
        if self._is_well:
            self._resting.append(self._reader)
        else:
            self._reader.stop()
