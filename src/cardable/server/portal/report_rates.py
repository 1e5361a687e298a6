"""The exchange-rate table: brought as CSV, looked at, let go."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from cardable.server.portal.report_settings import RATES, Scope, keep
from cardable.server.ui.templatetags.ui import count

_MOST_BYTES, MOST_ROWS = 2 * 1024 * 1024, 20_000
_SHOWN, _FAULTS_SHOWN = 100, 10
_HEADINGS = {
    "day": ("day", "date"),
    "from_currency": ("from", "from_currency", "currency"),
    "to_currency": ("to", "to_currency", "base", "base_currency"),
    "rate": ("rate", "exchange_rate", "value"),
}
Rate = dict[str, str]


class NotRates(Exception):
    """Why a file cannot be taken, one sentence for each fault."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def page(request: HttpRequest, scope: Scope, template: str, **context: Any) -> HttpResponse:
    """The table, and the forms that fill and empty it."""
    given = scope.given
    held: list[Rate] = list(given.get(RATES, ()))
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            new, done = _answered(request, held)
        except NotRates as fault:
            faults = fault.faults
        else:
            rest = {key: value for key, value in given.items() if key != RATES}
            keep(request, scope, {**rest, **({RATES: new} if new else {})}, done=done)
            return redirect(scope.url("-rates"))
    ordered = sorted(
        held, key=lambda each: (each["day"], each["from_currency"], each["to_currency"]), reverse=True
    )
    shown = {
        "scope": scope,
        "here": scope.url(""),
        "address": scope.url("-rates"),
        "page": Paginator(ordered, _SHOWN).get_page(request.GET.get("page")),
        "faults": faults,
        "most": MOST_ROWS,
    }
    return render(request, template, {**shown, **context}, status=422 if faults else 200)


def read_rates(content: bytes) -> list[Rate]:
    """The rates of a CSV file; raises NotRates."""
    if len(content) > _MOST_BYTES:
        raise NotRates(gettext("The file is larger than 2 MB. Bring fewer days."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotRates(
            gettext("The file is not UTF-8 text. Save it as “CSV UTF-8” and bring it again.")
        ) from fault
    first = text.split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    try:
        rows = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise NotRates(gettext("The file is not CSV. Save the sheet as CSV and bring it again.")) from fault
    if len(rows) < 2:
        raise NotRates(gettext("The file has no rates. Bring one line for each day and pair of currencies."))
    if len(rows) > MOST_ROWS + 1:
        raise NotRates(
            gettext("The file has more than {most} rates. Bring fewer days.").format(most=count(MOST_ROWS))
        )
    places = _places([cell.strip().casefold().replace(" ", "_") for cell in rows[0][1]])
    faults: list[str] = []
    found = list(_read(rows[1:], places, faults))
    if faults:
        more = len(faults) - _FAULTS_SHOWN
        raise NotRates(
            *faults[:_FAULTS_SHOWN],
            *((gettext("And {count} more lines.").format(count=more),) if more > 0 else ()),
        )
    return found


def _answered(request: HttpRequest, held: list[Rate]) -> tuple[list[Rate], str]:
    if request.POST.get("do") == "clear":
        return [], gettext("The exchange rates were removed.")
    file = request.FILES.get("file")
    if file is None:
        raise NotRates(gettext("Choose a file first."))
    new = read_rates(file.read(_MOST_BYTES + 1))
    kept = {} if request.POST.get("how") == "replace" else {_key(each): each for each in held}
    kept |= {_key(each): each for each in new}
    if len(kept) > MOST_ROWS:
        raise NotRates(
            gettext(
                "Together these are more than {most} rates. Replace the table, or bring fewer days."
            ).format(most=count(MOST_ROWS))
        )
    return list(kept.values()), gettext("{count} exchange rates were taken in.").format(count=count(len(new)))


def _places(headings: list[str]) -> dict[str, int]:
    places = {}
    for key, names in _HEADINGS.items():
        at = next((headings.index(name) for name in names if name in headings), None)
        if at is None:
            raise NotRates(
                gettext("No column is headed “{name}”. The file needs day, from, to and rate.").format(
                    name=names[0]
                )
            )
        places[key] = at
    return places


def _read(rows: list[tuple[int, list[str]]], places: dict[str, int], faults: list[str]) -> Iterator[Rate]:
    for line, row in rows:
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in places.items()}
        fault = _fault(cells)
        if fault:
            faults.append(gettext("Line {line}: {fault}").format(line=line, fault=fault))
            continue
        currencies = {key: cells[key].upper() for key in ("from_currency", "to_currency")}
        day = date.fromisoformat(cells["day"]).isoformat()
        yield {"day": day, **currencies, "rate": f"{Decimal(cells['rate']).normalize():f}"}


def _fault(cells: Rate) -> str:
    try:
        date.fromisoformat(cells["day"])
    except ValueError:
        return gettext("“%(text)s” is not a date. Use YYYY-MM-DD.") % {"text": cells["day"]}
    for key in ("from_currency", "to_currency"):
        if not (len(cells[key]) == 3 and cells[key].isascii() and cells[key].isalpha()):
            return gettext("“%(text)s” is not a currency. Use three letters, such as EUR.") % {
                "text": cells[key]
            }
    try:
        rate = Decimal(cells["rate"])
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or not Decimal("1e-9") <= rate < 10**9:
        return gettext("“%(text)s” is not a rate. Use a number above 0, such as 1.0875.") % {
            "text": cells["rate"]
        }
    return ""


def _key(rate: Rate) -> tuple[str, str, str]:
    return rate["day"], rate["from_currency"], rate["to_currency"]
