"""Markdown that issuers write, as HTML: paragraphs, lists, emphasis and links, and nothing else."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_SCHEMES = ("https", "http", "mailto", "tel")
_OFF = ("image", "heading", "lheading", "html_block", "html_inline", "fence", "code", "reference")
_PLACE = re.compile(r"\{(\w+)\}")


def rendered(text: str, values: dict[str, str] | None = None) -> SafeString:
    """The text as HTML, each known `{name}` replaced; what a value holds is not read as Markdown."""
    return mark_safe(_fill(_reader().render(text), values or {}, escape))


def filled(text: str, values: dict[str, str]) -> str:
    """The text with each `{name}` that is known replaced."""
    return _fill(text, values, str)


def _fill(text: str, values: dict[str, str], written: Any) -> str:
    return _PLACE.sub(lambda place: written(values[place[1]]) if place[1] in values else place[0], text)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable(list(_OFF))
    reader.validateLink = lambda url: urlsplit(url).scheme in _SCHEMES  # type: ignore[method-assign]
    reader.add_render_rule("link_open", _link_open)
    return reader


def _link_open(self: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    """Links leave the Link open behind them, and tell nobody where they come from."""
    tokens[at].attrSet("rel", "noopener noreferrer")
    tokens[at].attrSet("target", "_blank")
    return str(self.renderToken(tokens, at, options, env))
