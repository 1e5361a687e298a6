"""Whether a server could work here: each part is tried, and what is wrong is said with what to do."""

import smtplib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from cardable.server import storage
from cardable.server.environment import Environment

OLDEST_POSTGRES = 15
_MAIL_SECONDS = 10


@dataclass(frozen=True)
class Finding:
    """One part: how it is, and what to do where it is wrong."""

    part: str
    words: str
    remedy: str = ""

    @property
    def is_fine(self) -> bool:
        return not self.remedy


def findings(environment: Environment) -> list[Finding]:
    """Every part in turn; one that fails hides none of the others."""
    parts: tuple[tuple[str, Callable[[Environment], Finding], str], ...] = (
        ("database", _database, "See that DATABASE_URL is right and PostgreSQL can be reached from here."),
        ("storage", _storage, "See that CARDABLE_STORAGE_URL and its credentials are right."),
        ("mail", _mail, "See that CARDABLE_SMTP_URL is right and the mail server can be reached from here."),
    )
    return [_settings(environment), *(_tried(*part, environment) for part in parts)]


def _tried(
    part: str, look: Callable[[Environment], Finding], remedy: str, environment: Environment
) -> Finding:
    try:
        return look(environment)
    except Exception as fault:
        # Whatever a driver raises is what there is to tell.
        said = str(fault).strip().splitlines() or [type(fault).__name__]
        return Finding(part, said[0], remedy)


def _settings(environment: Environment) -> Finding:
    words = f"reached at {environment.base_url}, data in {environment.data}"
    if not environment.is_https and "localhost" not in environment.base_url:
        return Finding("settings", words, "Serve it over https, and set CARDABLE_BASE_URL to that address.")
    return Finding("settings", words)


def _database(environment: Environment) -> Finding:
    with psycopg.connect(environment.database_url, connect_timeout=_MAIL_SECONDS) as connection:
        version = connection.info.server_version // 10000
        row = connection.execute(
            "select rolsuper or rolcreaterole or to_regrole('cardable_application') is not null"
            " from pg_roles where rolname = current_user"
        ).fetchone()
    words = f"PostgreSQL {version}"
    if version < OLDEST_POSTGRES:
        return Finding("database", words, f"Use PostgreSQL {OLDEST_POSTGRES} or later.")
    if not row or not row[0]:
        return Finding("database", words, "Let its user create roles, as in: alter role NAME createrole;")
    return _tables(words)


def _tables(words: str) -> Finding:
    from cardable.server.database import pending_migrations

    pending = pending_migrations()
    if pending:
        return Finding("database", f"{words}, {len(pending)} migrations behind", "Run `cardable migrate`.")
    return Finding("database", f"{words}, at this release")


def _storage(environment: Environment) -> Finding:
    storage.check()
    return Finding("storage", environment.storage_url.split("?")[0])


def _mail(environment: Environment) -> Finding:
    if environment.smtp_url is None:
        return _mail_folder(environment.data / "mail")
    from django.core.mail import get_connection

    connection = get_connection()
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError:
        return Finding(
            "mail", "the mail server refuses our sign-in", "Set user and password in CARDABLE_SMTP_URL."
        )
    finally:
        connection.close()
    return Finding("mail", f"sent as {environment.mail_from}")


def _mail_folder(folder: Path) -> Finding:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        return Finding("mail", f"written to {folder}, as CARDABLE_SMTP_URL is not set")
