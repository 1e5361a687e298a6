"""How pages write amounts, days and names."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy

from cardable.language import ENGLISH, Speaker, speaker
from cardable.language.formats import FORMATS, in_currency
from cardable.metrics import minor_digits
from cardable.server.organizations.roles import may as member_may
from cardable.server.ui.moments import day_words, moment_words, since

register = template.Library()

NOTHING = "—"
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_SIZES = (
    (Decimal(10**9), pgettext_lazy("billions in few characters", "%(number)sB")),
    (Decimal(10**6), pgettext_lazy("millions in few characters", "%(number)sM")),
    (Decimal(10**3), pgettext_lazy("thousands in few characters", "%(number)sK")),
)
_KILO = 1024


def _reader() -> Speaker:
    return speaker(get_language() or ENGLISH)


def _number(value: Decimal, places: int) -> str:
    return _reader().number(value, places)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None or value == "" else Decimal(str(value))


def _in_currency(words: str, currency: str | None) -> str:
    return in_currency(words, currency, _reader().language)


@register.filter
def money(value: Any, currency: str | None = "") -> str:
    """An amount with its currency, to the currency's decimals: `USD 1,234.50`, `JPY 1,235`."""
    amount = _decimal(value)
    places = minor_digits(currency) if currency else 2
    return NOTHING if amount is None else _in_currency(_number(amount, places), currency)


@register.filter
def whole_money(value: Any, currency: str | None = "") -> str:
    """An amount without decimals: `USD 1,235`."""
    amount = _decimal(value)
    return NOTHING if amount is None else _in_currency(_number(amount, 0), currency)


@register.filter
def short_money(value: Any, currency: str | None = "") -> str:
    """An amount in few characters, for tiles and axes: `USD 1.2M`."""
    amount = _decimal(value)
    if amount is None:
        return NOTHING
    for size, words in _SIZES:
        if abs(amount) >= size:
            return _in_currency(str(words) % {"number": _number(amount / size, 1)}, currency)
    return _in_currency(_number(amount, 0), currency)


@register.filter
def count(value: Any) -> str:
    """A whole number in groups of three: `12,345`."""
    number = _decimal(value)
    return NOTHING if number is None else _number(number, 0)


@register.filter
def percent(value: Any, places: int = 1) -> str:
    """A ratio as a percentage: 0.1234 is `12.3%`."""
    ratio = _decimal(value)
    return NOTHING if ratio is None else _reader().percent(ratio, places)


@register.filter
def days(value: Any) -> str:
    """A number of days: `32.5 days`."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    places = 1 if number % 1 else 0
    several = 1 if abs(round(number, places)) < 2 and get_language() != ENGLISH else 2
    words = ngettext("%(number)s day", "%(number)s days", 1 if number == 1 else several)
    return (words % {"number": _number(number, places)}).replace(" ", NO_BREAK)


@register.filter
def day(value: date | None) -> SafeString | str:
    """A date: `Feb 12, 2026`."""
    if value is None:
        return NOTHING
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_words(value, get_language()))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A date and time in the organization's time zone: `Feb 12, 2026, 14:05`."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value)
    words = moment_words(local, get_language())
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.filter
def short_month(value: date) -> str:
    """A month in few letters: `Feb`."""
    return FORMATS[_reader().language].months[value.month - 1]


@register.filter
def ago(value: datetime | None) -> SafeString | str:
    """How long ago something was, in its largest unit: `5 minutes ago`."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        moment_words(local, get_language()),
        since(timezone.now() - value),
    )


@register.filter
def duration(value: timedelta | None) -> str:
    """How long something took: `1 min 20 s`."""
    if value is None:
        return NOTHING
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes}{NO_BREAK}min {seconds}{NO_BREAK}s" if minutes else f"{seconds}{NO_BREAK}s"


@register.filter
def size(value: int) -> str:
    """How large a file is: `12.3 KB`."""
    units = (pgettext("size", "KB"), pgettext("size", "MB"), pgettext("size", "GB"))
    for power, unit in reversed(list(enumerate(units, start=1))):
        if value >= _KILO**power:
            return f"{_number(Decimal(value) / _KILO**power, 1)}{NO_BREAK}{unit}"
    words = ngettext("%(number)s byte", "%(number)s bytes", value).replace(" ", NO_BREAK)
    return words % {"number": value}


@register.filter
def initials(name: object) -> str:
    """The first letters of a name's first two words."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


@register.filter
def may(member: Any, right: str) -> bool:
    """Whether the member's role holds a right."""
    return member is not None and member_may(member, right)


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key, for keys that templates cannot spell."""
    return mapping.get(key)


@register.filter
def again(sentence: str) -> str:
    """A sentence that was kept in English, in the reader's language."""
    return _reader().again(str(sentence))
