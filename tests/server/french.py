"""What is left of English on a page that somebody reads in French."""

import re
from functools import cache
from html.parser import HTMLParser

from cardable.language.catalogs import catalog

LANGUAGE = "fr-ca"
_SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "label", "data-words")
_MUTE = ("style", "script", "code", "kbd", "svg", "textarea", "pre")
_VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr")
_INLINE = ("a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "time", "var")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_TAG = re.compile(r"<[^<>]+>")
_LETTER = re.compile(r"[^\W\d_]")
_LONG = 12


class _Page(HTMLParser):
    """Collects what a page says, a line for each block and each attribute that is read out."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self._mute: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if self._mute:
            if tag not in _VOID:
                self._mute.append(tag)
            return
        for name in _SPOKEN:
            self.lines += [known.get(name) or ""] if known.get(name) else []
        if tag == "input" and known.get("type") in ("submit", "button"):
            self.lines.append(known.get("value") or "")
        if tag not in _INLINE:
            self.lines.append("")
        if tag not in _VOID and (
            tag in _MUTE or known.get("translate") == "no" or ("lang" in known and tag != "html")
        ):
            self._mute.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._mute:
            while self._mute.pop() != tag:
                pass
        elif tag not in _INLINE and not self._mute:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.lines[-1] += data


def english_left(html: str) -> list[str]:
    """The messages that stand on the page in English: long ones anywhere, short ones on lines of their own.

    What is no message is data; a part of a page that is not to be translated says so: `translate="no"`.
    """
    page = _Page()
    page.feed(html)
    page.close()
    lines = [line for line in (" ".join(each.split()) for each in page.lines) if line]
    text, alone = "\n".join(lines), set(lines)
    left = {words for words in alone if words in _short()}
    left |= {
        said for said, literal, pattern in _long() if literal in text and pattern.search(text) is not None
    }
    return sorted(left)


def _pairs() -> list[tuple[str, str]]:
    known: dict[object, str] = catalog(LANGUAGE)._catalog  # type: ignore[attr-defined]
    ids = [(key[0] if isinstance(key, tuple) else key, words) for key, words in known.items()]
    return [(text, words) for text, words in ids if isinstance(text, str) and text and words != text]


@cache
def _short() -> set[str]:
    return {text for text, _ in _pairs() if not _PLACE.search(text)}


@cache
def _long() -> list[tuple[str, str, re.Pattern[str]]]:
    found = []
    for text, _ in _pairs():
        parts = [" ".join(part.split()) for part in _PLACE.split(_TAG.sub("", text).replace("%%", "%"))]
        longest = max(parts, key=len)
        if len(_LETTER.findall(longest)) > _LONG:
            spaced = [re.escape(part) for part in parts]
            pattern = r"\s*[^\n]{1,200}?\s*".join(spaced)
            found.append((text, longest, re.compile(rf"(?<!\w){pattern}(?!\w)")))
    return found
