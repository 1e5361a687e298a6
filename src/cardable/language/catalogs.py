"""Translations as they are kept: one catalog in each folder `locale` of the package."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

_PACKAGE = Path(__file__).parents[1]
DOMAIN = "django"
"""What the catalogs are called, so that the server's framework reads the same files."""

_PLACE = re.compile(r"\{.*?\}")
_GROUP = re.compile(r"\(\?P[<=]\w+>?(?:\.\+\?)?\)")


@cache
def folders(language: str) -> tuple[Path, ...]:
    """Where the catalogs of a language lie: the library's first, then the server's."""
    name = locale_name(language)
    return tuple(sorted(_PACKAGE.glob(f"**/locale/{name}/LC_MESSAGES"), key=lambda each: len(each.parts)))


def locale_name(language: str) -> str:
    """How folders spell a language: `fr-ca` is `fr_CA`."""
    tongue, _, country = language.partition("-")
    return f"{tongue}_{country.upper()}" if country else tongue


@cache
def catalog(language: str) -> GNUTranslations:
    """All that is translated into a language."""
    found = GNUTranslations()
    for folder in folders(language):
        with (folder / f"{DOMAIN}.mo").open("rb") as file:
            each = GNUTranslations(file)
        # The standard library adds one catalog to another only as a fallback, slower with each.
        found._catalog = {**getattr(found, "_catalog", {}), **each._catalog}  # type: ignore[attr-defined]
        found.plural = each.plural  # type: ignore[attr-defined]
    return found


@cache
def patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence with places in it, and what it is in the language; those with the most words first."""
    known: Mapping[object, str] = catalog(language)._catalog  # type: ignore[attr-defined]
    pairs = [pair for key, words in known.items() for pair in _pair(key, words)]
    pairs.sort(key=lambda pair: -len(_GROUP.sub("", pair[0].pattern)))
    return tuple(pairs)


def _pair(key: object, words: str) -> Iterator[tuple[re.Pattern[str], str]]:
    text = key[0] if isinstance(key, tuple) else key
    # A pattern of places alone would be any sentence.
    if isinstance(text, str) and "{" in text and words and re.search(r"[^\W\d_]", _PLACE.sub("", text)):
        yield re.compile(_expression(text), re.DOTALL), words


def _expression(pattern: str) -> str:
    seen: set[str] = set()
    parts = []
    for literal, name, _, _ in Formatter().parse(pattern):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return "".join(parts)
