"""Files of a run where DuckDB can read them: in the storage's own folder, else as copies of a few minutes."""

import atexit
import hashlib
import shutil
import tempfile
import threading
import time
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cardable.server import storage
from cardable.server.environment import read_environment

KEPT_SECONDS = 300
_SWEEP_SECONDS = 60
_used: dict[Path, float] = {}
_lock = threading.Lock()


def readable(key: str) -> Path:
    """A path at which the file under this key can be read now; raises FileNotFoundError."""
    own = storage_folder()
    if own is None:
        return _copy(key)
    path = own / key
    if not path.is_file():
        raise FileNotFoundError(key)
    return path


def storage_folder() -> Path | None:
    """The folder that storage is, where it is one."""
    url = read_environment().storage_url
    return Path(unquote(urlsplit(url).path)) if url.startswith("file:") else None


@cache
def copies_folder() -> Path:
    """Where this process keeps its copies; gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="cardable-figures-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _copy(key: str) -> Path:
    # What lies under a key of a run is never written again, so a copy stays true.
    path = copies_folder() / hashlib.sha256(key.encode()).hexdigest()
    with _lock:
        if not _used:
            _sweep_later()
        _used[path] = time.monotonic()
    if not path.exists():
        part = path.with_suffix(f".{threading.get_ident()}")
        storage.get_file(key, part)
        part.replace(path)
    return path


def _sweep_later() -> None:
    timer = threading.Timer(_SWEEP_SECONDS, sweep)
    timer.daemon = True
    timer.start()


def sweep(kept_seconds: float = KEPT_SECONDS) -> None:
    """Remove copies nobody has read for a while, so that deleted data does not stay behind here."""
    with _lock:
        for path, used in list(_used.items()):
            if time.monotonic() - used >= kept_seconds:
                path.unlink(missing_ok=True)
                del _used[path]
        if _used:
            _sweep_later()
