"""What the surroundings say, read once and typed; a fault is said in a sentence before anything starts."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_LOG_FORMATS = ("text", "json")
_SHORTEST_TOKEN = 20
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Refused(Exception):
    """A command cannot go on; the message says why and what to do."""


class BadSetting(Refused):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True)
class Variable:
    """A variable of the environment: what it is for, and what holds without it."""

    name: str
    default: str
    meaning: str
    is_shared: bool = False
    """Whether machines that work together must be told it alike."""


VARIABLES = (
    Variable(
        "CARDABLE_DATA", "`cardable-data`", "Folder for everything the server keeps; `--data` goes first."
    ),
    Variable(
        "DATABASE_URL",
        "a PostgreSQL of its own in the data folder",
        "Address of a PostgreSQL, 15 or later, whose user may create roles:"
        " `postgresql://user:password@host:5432/cardable`. The database is Cardable's alone.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_STORAGE_URL",
        "the folder `storage` in the data folder",
        "Where files lie: `file:///srv/cardable`, or a bucket such as `s3://cardable`, whose credentials and"
        " region come from the usual `AWS_…` variables.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_SECRET_KEY",
        "made once, in `secret-key` in the data folder",
        "Signs sessions; at least 32 random characters. Another one signs everybody out.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_KEYS",
        "those of the key file",
        "Keys that seal kept secrets, as `ID:KEY` with the one in use first, separated by spaces or commas; a"
        " key is 32 bytes in base64.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_KEY_FILE",
        "`keys` in the data folder, made at the first start",
        "The same keys in a file, one a line, read anew when it changes; CARDABLE_KEYS goes first.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_BASE_URL",
        "`http://localhost:8000`",
        "The address people type. With `https`, a proxy in front of the server speaks it, and its"
        " `X-Forwarded-For` and `X-Forwarded-Proto` are believed.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_ALLOWED_HOSTS",
        "the host of CARDABLE_BASE_URL, and localhost",
        "More host names that may be asked for, separated by commas.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_SMTP_URL",
        "mails are written to `mail` in the data folder",
        "Mail server: `smtp://user:password@mail.example.com:587`, or `smtps://…` on port 465.",
        is_shared=True,
    ),
    Variable(
        "CARDABLE_MAIL_FROM",
        "`Cardable <no-reply@HOST>`",
        "Whom mails come from.",
        is_shared=True,
    ),
    Variable("CARDABLE_LOG_LEVEL", "`INFO`", "DEBUG, INFO, WARNING or ERROR."),
    Variable("CARDABLE_LOG_FORMAT", "`text`", "`json` writes one object a line, for a log collector."),
    Variable(
        "CARDABLE_METRICS_TOKEN",
        "only programs on the same machine may ask",
        "What Prometheus shows as its bearer token at `/metrics`; at least 20 random characters.",
    ),
    Variable(
        "CARDABLE_SHOW_PARTS",
        "not shown",
        "`1` shows every part of the pages at `/ui/parts/`, for those who build them.",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Environment:
    """Where Cardable keeps its data, how it is reached, and how it sends mail."""

    data: Path
    secret_key: str
    database_url: str
    storage_url: str
    base_url: str
    smtp_url: str | None
    mail_from: str
    allowed_hosts: tuple[str, ...]
    keys: str | None = None
    """The keys that seal secrets, as ID:KEY with the one in use first; None: those of the key file."""
    key_file: Path = Path("keys")
    upload_bytes: int = 10 * 1024 * 1024
    log_level: str = "INFO"
    log_format: str = "text"
    """text, or json: an object a line."""
    metrics_token: str | None = None
    """What a program must show to read /metrics; None: only programs on this machine may."""
    show_parts: bool = False
    """Whether /ui/parts shows every part of the pages, for those who build them."""

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """The settings in the environment; raises BadSetting."""
    values = os.environ if given is None else given
    data = Path(values.get("CARDABLE_DATA", "cardable-data")).resolve()
    base_url = _base_url(values.get("CARDABLE_BASE_URL", "http://localhost:8000"))
    database_url = values.get("DATABASE_URL", "")
    if not database_url:
        raise BadSetting(
            "DATABASE_URL is not set. Set it, or start with `cardable serve`, which brings its own."
        )
    host = urlsplit(base_url).hostname or "localhost"
    return Environment(
        data=data,
        secret_key=_secret_key(values.get("CARDABLE_SECRET_KEY"), data),
        database_url=database_url,
        storage_url=values.get("CARDABLE_STORAGE_URL") or (data / "storage").as_uri(),
        base_url=base_url,
        smtp_url=_smtp_url(values.get("CARDABLE_SMTP_URL")),
        mail_from=values.get("CARDABLE_MAIL_FROM", f"Cardable <no-reply@{host}>"),
        allowed_hosts=_hosts(values.get("CARDABLE_ALLOWED_HOSTS", ""), host),
        keys=values.get("CARDABLE_KEYS") or None,
        key_file=Path(values.get("CARDABLE_KEY_FILE") or data / "keys").resolve(),
        log_level=_log_level(values.get("CARDABLE_LOG_LEVEL", "INFO")),
        log_format=_log_format(values.get("CARDABLE_LOG_FORMAT", "text")),
        metrics_token=_metrics_token(values.get("CARDABLE_METRICS_TOKEN")),
        show_parts=values.get("CARDABLE_SHOW_PARTS") == "1",
    )


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadSetting(
            f"CARDABLE_BASE_URL is “{text}”, which is no web address. Use https://cards.example.com."
        )
    return text.rstrip("/")


def _smtp_url(text: str | None) -> str | None:
    if not text:
        return None
    if urlsplit(text).scheme not in ("smtp", "smtps") or not urlsplit(text).hostname:
        raise BadSetting(
            "CARDABLE_SMTP_URL is not an SMTP address. Use smtp://user:password@mail.example.com:587."
        )
    return text


def _log_level(text: str) -> str:
    if text.upper() not in _LOG_LEVELS:
        raise BadSetting(f"CARDABLE_LOG_LEVEL is “{text}”. Use one of {', '.join(_LOG_LEVELS)}.")
    return text.upper()


def _log_format(text: str) -> str:
    if text.lower() not in _LOG_FORMATS:
        raise BadSetting(f"CARDABLE_LOG_FORMAT is “{text}”. Use one of {', '.join(_LOG_FORMATS)}.")
    return text.lower()


def _metrics_token(text: str | None) -> str | None:
    if text and len(text) < _SHORTEST_TOKEN:
        raise BadSetting(f"CARDABLE_METRICS_TOKEN is too short. Use {_SHORTEST_TOKEN} random characters.")
    return text or None


def _hosts(text: str, host: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys([host, "localhost", "127.0.0.1", *filter(None, map(str.strip, text.split(",")))])
    )


def _secret_key(given: str | None, data: Path) -> str:
    """The key that signs sessions: given, or made once and kept in the data folder for its owner only."""
    if given:
        if len(given) < 32:
            raise BadSetting("CARDABLE_SECRET_KEY is too short. Use at least 32 random characters.")
        return given
    kept = data / "secret-key"
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text().strip()
