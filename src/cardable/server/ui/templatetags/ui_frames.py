"""The parts that go around content of the page's own: tables, menus, notices, toolbars."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag
def table(
    content: SafeString, name: str, caption: str, *, caption_shown: bool = True, tree: bool = False
) -> SafeString:
    """A table that scrolls sideways by itself when the page is narrow; a tree indents rows by depth."""
    return _part("table", content, name=name, caption=caption, caption_shown=caption_shown, tree=tree)


@register.simple_block_tag
def menu(
    content: SafeString,
    name: str,
    label: str,
    *,
    icon: str = "",
    style: str = "",
    only_icon: bool = False,
    start: bool = False,
) -> SafeString:
    """A button that opens a list of links and buttons."""
    return _part(
        "menu", content, name=name, label=label, icon=icon, style=style, only_icon=only_icon, start=start
    )


@register.simple_block_tag
def alert(content: SafeString, kind: str = "info", title: str = "", *, role: str = "") -> SafeString:
    """A notice: good, info, warn or bad."""
    return _part("alert", content, kind=kind, title=title, role=role)


@register.simple_block_tag(takes_context=True)
def toolbar(context: Context, content: SafeString, target: str, *, label: str = "") -> SafeString:
    """Search and filters over a list; they act as they are used, or by a button where scripts are off."""
    path = context["request"].path
    return _part("toolbar", content, target=target, label=label, path=path, name=f"{target[1:]}-toolbar")


def _part(part: str, content: SafeString, **values: Any) -> SafeString:
    return mark_safe(render_to_string(f"ui/parts/{part}.html", {"content": content, **values}))
