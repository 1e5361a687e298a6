"""The figures in words: what works, what does not, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

import cardable
from cardable.language import noted
from cardable.server.health import answers
from cardable.server.operations import figures
from cardable.server.ui.moments import since

LATE_AFTER_SECONDS = 15 * 60
FAILED_WITHIN = timedelta(days=7)
BACKUP_OLD_AFTER = timedelta(days=8)
LITTLE_ROOM_BYTES = 2 * 1024**3
_TASKS = {
    "syncs.read_uploads": noted("Reading customers' files"),
    "syncs.inspect_upload": noted("Looking into a file"),
    "insights.generate": noted("Making reports"),
    "insights.regenerate": noted("Making reports of groups anew"),
    "insights.mail_ongoing": noted("Mailing Ongoing Insights"),
    "insights.mail_ongoing_failure": noted("Mailing that reports failed"),
    "insights.remove_data": noted("Removing data kept long enough"),
    "insights.hourly": noted("Chores of every hour"),
    "insights.daily": noted("Chores of every night"),
    "people.mail_invitation": noted("Mailing invitations"),
    "people.mail_notice": noted("Mailing what happened to accounts"),
    "people.clear": noted("Clearing ended sessions and invitations"),
    "companies.delete": noted("Deleting companies"),
    "connections.remove_files": noted("Removing files"),
    "audit.link": noted("Chaining the audit log"),
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
    where = gettext("A folder on this machine") if storage.startswith("file:") else gettext("A bucket")
    return [
        Part(
            gettext("Database"),
            *_answers(found["database"], gettext("See that PostgreSQL runs and can be reached.")),
        ),
        Part(
            gettext("Storage"),
            *_answers(found["storage"], gettext("See that the folder or bucket can be written."), where),
        ),
        _workers(found["worker"]),
        _jobs(),
        _mail(),
        _room(),
        _backup(),
    ]


def _answers(is_well: bool, remedy: str, words: str = "") -> tuple[str, bool, str]:
    said = gettext("%(where)s, answers") % {"where": words} if words else gettext("Answers")
    return (said, True, "") if is_well else (gettext("Does not answer"), False, remedy)


def _workers(is_well: bool) -> Part:
    count, _ = figures.workers()
    if not is_well:
        words = gettext("Nobody takes jobs, so nothing is read and no report is made")
        return Part(
            gettext("Workers"), words, False, gettext("Start cardable worker, or start cardable serve again.")
        )
    return Part(
        gettext("Workers"), ngettext("%(count)s at work", "%(count)s at work", count) % {"count": count}
    )


def _jobs() -> Part:
    waiting = sum(count for (_, status), count in figures.jobs().items() if status == "todo")
    oldest = figures.oldest_waiting()
    if oldest > LATE_AFTER_SECONDS:
        words = gettext("{count} wait, the oldest for {minutes} minutes").format(
            count=waiting, minutes=round(oldest / 60)
        )
        return Part(
            gettext("Jobs"), words, False, gettext("Start more workers, or see in their log what keeps them.")
        )
    failed = [
        task for task in figures.tasks()
        if task.last_failed_at and task.last_failed_at > timezone.now() - FAILED_WITHIN
    ]  # fmt: skip
    if failed:
        names = ", ".join(words_of(each.name).lower() for each in failed)
        words = gettext("{count} wait; in the last 7 days some runs failed: {names}").format(
            count=waiting, names=names
        )
        return Part(
            gettext("Jobs"), words, False, gettext("The log says at which place, under the job's name.")
        )
    return Part(
        gettext("Jobs"),
        ngettext("%(count)s wait", "%(count)s wait", waiting) % {"count": waiting}
        if waiting
        else gettext("None waits"),
    )


def _mail() -> Part:
    if settings.ENVIRONMENT.smtp_url:
        return Part(
            gettext("Mail"), gettext("Sent as {address}").format(address=settings.ENVIRONMENT.mail_from)
        )
    words = gettext("Written to a folder instead of being sent")
    return Part(gettext("Mail"), words, False, gettext("Set CARDABLE_SMTP_URL to a mail server."))


def _room() -> Part:
    free = figures.free_bytes()
    words = gettext("{size} free where the data folder lies").format(size=size(free))
    if free < LITTLE_ROOM_BYTES:
        return Part(
            gettext("Disk"), words, False, gettext("Make room, or move the data folder to a larger disk.")
        )
    return Part(gettext("Disk"), words)


def _backup() -> Part:
    found = figures.note("backup")
    remedy = gettext("Run cardable backup every day, and keep the archives on another machine.")
    if found is None:
        return Part(gettext("Backup"), gettext("None was made yet"), False, remedy)
    said, at = found
    pattern = (
        gettext("Last made {ago}, {size}")
        if said["sealed"]
        else gettext("Last made {ago}, {size}, not sealed")
    )
    words = pattern.format(ago=ago_words(at), size=size(said["bytes"]))
    return Part(gettext("Backup"), words, at > timezone.now() - BACKUP_OLD_AFTER, remedy)


def kinds() -> Iterator[Kind]:
    """Every kind of job that ever ran or waits."""
    counts, tasks = figures.jobs(), {task.name: task for task in figures.tasks()}
    for name in sorted({name for name, _ in counts} | set(tasks), key=words_of):
        held = {status: counts.get((name, status), 0) for status in ("todo", "doing", "failed")}
        yield Kind(words_of(name), held["todo"], held["doing"], held["failed"], tasks.get(name))


def words_of(task: str) -> str:
    return gettext(_TASKS.get(task, task))


def facts() -> list[tuple[str, str]]:
    """What the instance is and holds."""
    stored = figures.stored()
    return [
        (gettext("Release"), cardable.__version__),
        (gettext("Address"), settings.ENVIRONMENT.base_url),
        (gettext("Uploaded files"), size(stored["uploads"])),
        (gettext("Reports"), size(stored["reports"])),
        (gettext("Database"), size(figures.database_bytes())),
    ]


def size(count: float) -> str:
    """Bytes as people say them."""
    if count < 1000:
        return ngettext("%(count)s byte", "%(count)s bytes", 2) % {"count": f"{count:.0f}"}
    for unit in (gettext("KB"), gettext("MB"), gettext("GB")):
        count /= 1000
        if count < 1000:
            return f"{number_format(count, 1)} {unit}"
    terabytes = gettext("TB")
    return f"{number_format(count / 1000, 1)} {terabytes}"


def ago_words(at: datetime) -> str:
    return since(timezone.now() - at)
