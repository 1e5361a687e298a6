"""Translations as they are kept: one catalog in each folder `locale` of the package."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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


def translated(text: str, language: str) -> str | None:
    """A message in the language; None where the text is none."""
    known: dict[object, str] = catalog(language)._catalog  # type: ignore[attr-defined]
    return known.get(text) or None if text else None


@dataclass(frozen=True)
class Pattern:
    """A sentence with places in it, and what it is in the language."""

    expression: re.Pattern[str]
    words: str
    start: str
    """The words before the first place, and after the last one: what tells a sentence fastest."""
    end: str
    quoted: frozenset[str]
    """The places that stand in quotation marks: what is in them are somebody's own words."""

    def values(self, sentence: str) -> dict[str, str] | None:
        """What stands in the places, where the sentence was said by this pattern."""
        if not (sentence.startswith(self.start) and sentence.endswith(self.end)):
            return None
        found = self.expression.fullmatch(sentence)
        return found and found.groupdict()


@cache
def patterns(language: str) -> tuple[Pattern, ...]:
    """Each sentence with places in it, and what it is in the language; those with the most words first."""
    known: dict[object, str] = catalog(language)._catalog  # type: ignore[attr-defined]
    found = [pattern for key, words in known.items() for pattern in _pattern(key, words)]
    found.sort(key=lambda each: -len(_GROUP.sub("", each.expression.pattern)))
    return tuple(found)


def _pattern(key: object, words: str) -> Iterator[Pattern]:
    # What has a form for each number is said at once and never kept; of the rest,
    # a pattern of places alone would be any sentence.
    text = key if isinstance(key, str) else ""
    if "{" in text and words and re.search(r"[^\W\d_]", _PLACE.sub("", text)):
        yield Pattern(
            expression=re.compile(_expression(text), re.DOTALL),
            words=words,
            start=_PLACE.split(text)[0],
            end=_PLACE.split(text)[-1],
            quoted=frozenset(re.findall(r"“\{(\w+)\}”", text)),
        )


def _expression(pattern: str) -> str:
    seen: set[str] = set()
    parts = []
    for literal, name, _, _ in Formatter().parse(pattern):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return "".join(parts)
