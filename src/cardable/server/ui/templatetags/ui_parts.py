"""The parts that pages are made of, each a tag with its parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cardable.server.ui.statuses import status_kind, status_words

register = template.Library()

Items = Sequence[Mapping[str, Any]]


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite; with a label where it stands alone."""
    address = f"{static('ui/icons.svg')}#{name}"
    shape = format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)
    return format_html('{}<span class="unseen">{}</span>', shape, label) if label else shape


@register.simple_tag
def turner() -> SafeString:
    """The arrow before something that opens; it turns where `aria-expanded` is true."""
    address = f"{static('ui/icons.svg')}#right"
    return format_html('<svg class="icon turner" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def logo() -> SafeString:
    """The product's mark."""
    address = f"{static('ui/icons.svg')}#logo"
    return format_html('<svg class="icon logo" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def brand_stylesheet(color: str) -> SafeString:
    """The stylesheet that puts an issuer's color in the accent's place."""
    address = reverse("ui-brand", args=[color.lstrip("#").lower()])
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag
def brand_sample(primary: str, secondary: str) -> SafeString:
    """The stylesheet that shows an issuer's colors on a picture of its pages."""
    address = reverse(
        "ui-sample", args=[primary.lstrip("#").lower(), (secondary or primary).lstrip("#").lower()]
    )
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag
def bar_stylesheet(color: str) -> SafeString:
    """The stylesheet that paints the top bar in an issuer's second color."""
    address = reverse("ui-bar", args=[color.lstrip("#").lower()])
    return format_html('<link rel="stylesheet" href="{}">', address)


@register.simple_tag
def status(word: str, pill: bool = False, kind: str = "") -> SafeString:
    """A state: its word after a dot whose colour says the same."""
    return format_html(
        '<span class="status{}" data-kind="{}">{}</span>',
        " pill" if pill else "",
        kind or status_kind(word),
        status_words(word),
    )


@register.inclusion_tag("ui/parts/pills.html")
def pills(
    pills: Sequence[Mapping[str, Any]], *, limit: int = 2, href: str = "", about: str = ""
) -> dict[str, Any]:
    """The first few of a list as pills, then how many more there are."""
    return {
        "shown": pills[:limit],
        "more": max(0, len(pills) - limit),
        "href": href,
        "about": about,
        "all": pills,
    }


@register.inclusion_tag("ui/parts/figures.html")
def figures(figures: Items) -> dict[str, Any]:
    """Key figures side by side: label, value, note, href, window."""
    return {"figures": figures}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(trail: Items) -> dict[str, Any]:
    """The way down to this page: label, href."""
    return {"trail": trail}


@register.inclusion_tag("ui/parts/tabs.html")
def tab_list(items: Items, label: str) -> dict[str, Any]:
    """Pages side by side: label, href, current, count."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/side.html")
def side_navigation(items: Items, label: str) -> dict[str, Any]:
    """The pages of one thing, beside them: label, href, current, count, inner."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Items) -> dict[str, Any]:
    """What happened, in order: title, at, text, kind."""
    return {"events": events}


@register.inclusion_tag("ui/parts/files.html", takes_context=True)
def file_list(context: Context, files: Items) -> dict[str, Any]:
    """Files: name, size, note, status, href to download, remove to post to."""
    return {"files": files, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], *, label: str = "") -> dict[str, Any]:
    """Which part of a list is shown, and the way to the next."""
    return {"page": page, "label": label or gettext("Pages"), "request": context["request"]}


@register.inclusion_tag("ui/parts/empty_row.html")
def empty_row(columns: int, text: str, *, href: str = "", label: str = "") -> dict[str, Any]:
    """The sentence of a table without rows."""
    return {"columns": columns, "text": text, "href": href, "label": label or gettext("Show all")}


@register.inclusion_tag("ui/parts/more.html")
def more_rows(columns: int, href: str, body: str) -> dict[str, Any]:
    """The last row: once seen it fetches those that follow from `href`; `body` is the tbody's id."""
    return {"columns": columns, "href": href, "body": body}


@register.inclusion_tag("ui/parts/empty.html")
def empty_state(
    title: str, text: str = "", *, href: str = "", label: str = "", icon: str = "inbox", window: bool = False
) -> dict[str, Any]:
    """A page or panel with nothing in it yet, and what to do about that."""
    return {"title": title, "text": text, "href": href, "label": label, "icon": icon, "window": window}


@register.inclusion_tag("ui/parts/search.html")
def search_box(
    placeholder: str,
    *,
    name: str = "q",
    value: str = "",
    label: str = "",
    id: str = "search",
    fields: Sequence[str] = (),
) -> dict[str, Any]:
    """A search field; while it is empty it lists what it searches."""
    return {
        "placeholder": placeholder,
        "name": name,
        "value": value,
        "label": label or placeholder,
        "id": id,
        "fields": fields,
    }


@register.inclusion_tag("ui/parts/choice.html")
def choice(
    name: str, label: str, options: Sequence[tuple[str, str]], value: str = "", *, id: str = ""
) -> dict[str, Any]:
    """A filter with one choice among (value, words)."""
    return {"name": name, "label": label, "options": options, "value": value, "id": id or name}


@register.inclusion_tag("ui/parts/copy.html")
def copy_field(
    id: str, label: str, value: str, *, hint: str = "", lines: int = 0, button: str = ""
) -> dict[str, Any]:
    """Text to take along, with a button that copies it; several lines where `lines` says so."""
    return {
        "id": id,
        "label": label,
        "value": value,
        "hint": hint,
        "lines": lines,
        "button": button or gettext("Copy"),
    }


@register.inclusion_tag("ui/parts/copy_text.html")
def copy_text(text: Any, label: str, *, about: str = "") -> dict[str, Any]:
    """A small button that copies a text shown elsewhere."""
    return {"text": text, "label": label, "about": about}


@register.inclusion_tag("ui/parts/drop.html")
def drop_zone(
    label: str = "",
    *,
    name: str = "file",
    id: str = "file",
    accept: str = "",
    hint: str = "",
    multiple: bool = False,
    required: bool = True,
    at_once: bool = False,
) -> dict[str, Any]:
    """Where files are dropped or chosen; `at_once` sends the form as soon as they are."""
    return {
        "label": label or gettext("Drop your file here, or choose it"),
        "name": name,
        "id": id,
        "accept": accept,
        "hint": hint,
        "multiple": multiple,
        "required": required,
        "at_once": at_once,
    }


@register.inclusion_tag("ui/parts/progress.html")
def progress_line(
    text: str,
    *,
    id: str = "progress",
    value: int | None = None,
    max: int = 100,
    poll: str = "",
    every: str = "2s",
    target: str = "#main",
) -> dict[str, Any]:
    """How far work has come; with `poll`, `target` is fetched anew until the page shows it without."""
    return {
        "text": text,
        "id": id,
        "value": value,
        "max": max,
        "poll": poll,
        "every": every,
        "target": target,
    }


@dataclass(frozen=True)
class Step:
    """One step of a journey; its state is done, current or to come."""

    label: str
    state: str = "to come"


@register.inclusion_tag("ui/parts/steps.html")
def steps(steps: Sequence[Step]) -> dict[str, Any]:
    """How far a customer has come."""
    position = next((at for at, step in enumerate(steps, 1) if step.state == "current"), len(steps))
    return {"steps": steps, "position": position, "current": steps[position - 1] if steps else None}


@register.inclusion_tag("ui/parts/sort.html", takes_context=True)
def sort_header(
    context: Context,
    key: str,
    label: str,
    *,
    default: str = "",
    first: str = "ascending",
    number: bool = False,
    target: str = "#main",
) -> dict[str, Any]:
    """A column's heading that sorts by it: `?sort=key` ascending, `?sort=-key` descending.

    The toolbar over the same target keeps the order while one searches.
    """
    query: QueryDict = context["request"].GET.copy()
    current = query.get("sort") or default
    ascending, descending = key, f"-{key}"
    state = {ascending: "ascending", descending: "descending"}.get(current, "")
    ordered = (ascending, descending) if first == "ascending" else (descending, ascending)
    query["sort"] = ordered[1] if current == ordered[0] else ordered[0]
    for place in ("after", "page"):
        query.pop(place, None)
    return {
        "key": key,
        "label": label,
        "state": state,
        "number": number,
        "target": target,
        "toolbar": f"{target[1:]}-toolbar",
        "current": current,
        "href": f"?{query.urlencode()}",
    }
