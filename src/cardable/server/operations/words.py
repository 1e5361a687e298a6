"""The figures in words: what works, what does not, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

import cardable
from cardable.server.health import answers
from cardable.server.operations import figures
from cardable.server.ui.moments import since

LATE_AFTER_SECONDS = 15 * 60
FAILED_WITHIN = timedelta(days=7)
BACKUP_OLD_AFTER = timedelta(days=8)
LITTLE_ROOM_BYTES = 2 * 1024**3
_TASKS = {
    "syncs.read_uploads": "Reading customers' files",
    "syncs.inspect_upload": "Looking into a file",
    "insights.generate": "Making reports",
    "insights.regenerate": "Making reports of groups anew",
    "insights.mail_ongoing": "Mailing Ongoing Insights",
    "insights.mail_ongoing_failure": "Mailing that reports failed",
    "insights.remove_data": "Removing data kept long enough",
    "insights.hourly": "Chores of every hour",
    "insights.daily": "Chores of every night",
    "people.mail_invitation": "Mailing invitations",
    "people.mail_notice": "Mailing what happened to accounts",
    "people.clear": "Clearing ended sessions and invitations",
    "companies.delete": "Deleting companies",
    "connections.remove_files": "Removing files",
    "audit.link": "Chaining the audit log",
}


@dataclass(frozen=True)
class Part:
    """One part of the instance: how it is, and what to do where that is not well."""

    name: str
    words: str
    is_well: bool = True
    remedy: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of job, in words and figures."""

    words: str
    waiting: int
    doing: int
    given_up: int
    task: figures.Task | None


def parts() -> list[Part]:
    """Every part, the essential ones first."""
    found = answers()
    storage = settings.ENVIRONMENT.storage_url
    where = "A folder on this machine" if storage.startswith("file:") else "A bucket"
    return [
        Part("Database", *_answers(found["database"], "See that PostgreSQL runs and can be reached.")),
        Part("Storage", *_answers(found["storage"], "See that the folder or bucket can be written.", where)),
        _workers(found["worker"]),
        _jobs(),
        _mail(),
        _room(),
        _backup(),
    ]


def _answers(is_well: bool, remedy: str, words: str = "") -> tuple[str, bool, str]:
    said = f"{words}, answers" if words else "Answers"
    return (said, True, "") if is_well else ("Does not answer", False, remedy)


def _workers(is_well: bool) -> Part:
    count, _ = figures.workers()
    if not is_well:
        words = "Nobody takes jobs, so nothing is read and no report is made"
        return Part("Workers", words, False, "Start cardable worker, or start cardable serve again.")
    return Part("Workers", f"{count} at work")


def _jobs() -> Part:
    waiting = sum(count for (_, status), count in figures.jobs().items() if status == "todo")
    oldest = figures.oldest_waiting()
    if oldest > LATE_AFTER_SECONDS:
        words = f"{waiting} wait, the oldest for {round(oldest / 60)} minutes"
        return Part("Jobs", words, False, "Start more workers, or see in their log what keeps them.")
    failed = [
        task for task in figures.tasks()
        if task.last_failed_at and task.last_failed_at > timezone.now() - FAILED_WITHIN
    ]  # fmt: skip
    if failed:
        names = ", ".join(words_of(each.name).lower() for each in failed)
        words = f"{waiting} wait; in the last 7 days some runs failed: {names}"
        return Part("Jobs", words, False, "The log says at which place, under the job's name.")
    return Part("Jobs", f"{waiting} wait" if waiting else "None waits")


def _mail() -> Part:
    if settings.ENVIRONMENT.smtp_url:
        return Part("Mail", f"Sent as {settings.ENVIRONMENT.mail_from}")
    words = "Written to a folder instead of being sent"
    return Part("Mail", words, False, "Set CARDABLE_SMTP_URL to a mail server.")


def _room() -> Part:
    free = figures.free_bytes()
    words = f"{size(free)} free where the data folder lies"
    if free < LITTLE_ROOM_BYTES:
        return Part("Disk", words, False, "Make room, or move the data folder to a larger disk.")
    return Part("Disk", words)


def _backup() -> Part:
    found = figures.note("backup")
    remedy = "Run cardable backup every day, and keep the archives on another machine."
    if found is None:
        return Part("Backup", "None was made yet", False, remedy)
    said, at = found
    words = f"Last made {ago_words(at)}, {size(said['bytes'])}{'' if said['sealed'] else ', not sealed'}"
    return Part("Backup", words, at > timezone.now() - BACKUP_OLD_AFTER, remedy)


def kinds() -> Iterator[Kind]:
    """Every kind of job that ever ran or waits."""
    counts, tasks = figures.jobs(), {task.name: task for task in figures.tasks()}
    for name in sorted({name for name, _ in counts} | set(tasks), key=words_of):
        held = {status: counts.get((name, status), 0) for status in ("todo", "doing", "failed")}
        yield Kind(words_of(name), held["todo"], held["doing"], held["failed"], tasks.get(name))


def words_of(task: str) -> str:
    return _TASKS.get(task, task)


def facts() -> list[tuple[str, str]]:
    """What the instance is and holds."""
    stored = figures.stored()
    return [
        ("Release", cardable.__version__),
        ("Address", settings.ENVIRONMENT.base_url),
        ("Uploaded files", size(stored["uploads"])),
        ("Reports", size(stored["reports"])),
        ("Database", size(figures.database_bytes())),
    ]


def size(count: float) -> str:
    """Bytes as people say them."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def ago_words(at: datetime) -> str:
    return since(timezone.now() - at)
