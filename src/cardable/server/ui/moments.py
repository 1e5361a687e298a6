"""Dates and times in words, as each language writes them."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext, ngettext_lazy

from cardable.language import ENGLISH, speaker

_TIME = {ENGLISH: "{0:%H}:{0:%M}", "fr-ca": "{0.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{0:%M}"}
_UNITS = (
    (86_400 * 365, ngettext_lazy("%(number)s year ago", "%(number)s years ago", "number")),
    (86_400 * 30, ngettext_lazy("%(number)s month ago", "%(number)s months ago", "number")),
    (86_400, ngettext_lazy("%(number)s day ago", "%(number)s days ago", "number")),
    (3_600, ngettext_lazy("%(number)s hour ago", "%(number)s hours ago", "number")),
    (60, ngettext_lazy("%(number)s minute ago", "%(number)s minutes ago", "number")),
)


def day_words(value: date, language: str | None) -> str:
    """A date: `Feb 12, 2026`."""
    return speaker(language or ENGLISH).day(value)


def moment_words(value: datetime, language: str | None) -> str:
    """A date and time: `Feb 12, 2026, 14:05`."""
    return f"{day_words(value, language)}, {_TIME[language or ENGLISH].format(value)}"


def since(gone: timedelta) -> str:
    """How long ago, in the largest unit that fits: `3 hours ago`."""
    seconds = int(gone.total_seconds())
    for size, words in _UNITS:
        if seconds >= size:
            return str(words % {"number": seconds // size})
    return gettext("just now")
