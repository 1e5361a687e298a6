"""Dates and times in words, as each language writes them."""

from datetime import date, datetime, timedelta

from django.utils.dateformat import format as written

_DAY = {"en": "M j, Y", "fr": "j M Y"}
_MOMENT = {"en": "M j, Y, H:i", "fr": "j M Y, H:i"}
_UNITS = ((86_400 * 365, "year"), (86_400 * 30, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute"))


def day_words(value: date, language: str | None) -> str:
    """A date: `Feb 12, 2026`."""
    return written(value, _in(_DAY, language))


def moment_words(value: datetime, language: str | None) -> str:
    """A date and time: `Feb 12, 2026, 14:05`."""
    return written(value, _in(_MOMENT, language))


def since(gone: timedelta) -> str:
    """How long ago, in the largest unit that fits: `3 hours ago`."""
    seconds = int(gone.total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"


def _in(formats: dict[str, str], language: str | None) -> str:
    return formats.get((language or "en").split("-")[0], formats["en"])
