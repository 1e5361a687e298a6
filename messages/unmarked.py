"""Text that people read and nobody can translate, being unmarked: python -m messages.unmarked [PATH…]."""

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

from messages.extraction import DECLARATIONS, FUNCTIONS, PACKAGE

_GAP = "\N{SYMBOL FOR NULL}"
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LITERAL = re.compile(r"""(_\()?(["'])((?:(?!\2).)*)\2""")
_RIGHT = re.compile(r"""\|may:(["']).*?\1""")
_ENTITY = re.compile(r"&\w+;")
_SPOKEN = ("alt", "title", "placeholder", "aria-label", "label", "aria-description", "data-words")
_MUTE = ("style", "script", "code", "kbd", "svg")
_NAMES = {
    "Cardable", "CSV", "Harbor Foods", "Harbor Foods & Co", "JSON", "Mac OS", "Mac OS X", "NDJSON",
    "OpenID Connect",
}  # fmt: skip
_SENTENCE = re.compile(r"[A-Z“][^|{}<>_=]*[^\W\d_][,’]? .*[^\W\d_]")
_NEUTRAL = {
    "intake/files/alphabets.py": "names of alphabets, which nobody is shown",
    "intake/templates.py": "worked rows of the templates, which are data",
}
"""Modules whose words are the same in every language, and why."""
_NO_WORDS = {"Form | None", "PowerPoint Document"}
_SQL = re.compile(r"\b(?:VARCHAR|DECIMAL)\b")
_MARKS = {*FUNCTIONS, *DECLARATIONS, "said_many", "__"}
_INTERNAL = {
    "ValueError",
    "LookupError",
    "KeyError",
    "TypeError",
    "AssertionError",
    "RuntimeError",
    "CommandError",
}


class _Page(HTMLParser):
    """Collects what a page says by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._mute = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mute += tag in _MUTE
        for name, value in attrs:
            if name in _SPOKEN:
                self._heard(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._mute -= tag in _MUTE and self._mute > 0

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self._heard(data)

    def _heard(self, text: str) -> None:
        words = _ENTITY.sub("", text.replace(_GAP, " ")).strip(" ·\n")
        if _LETTERS.search(words) and words not in _NAMES:
            self.found.append((self.getpos()[0], words))


def in_template(path: Path) -> list[tuple[int, str]]:
    """Line and text of everything a template says by itself."""
    page, found, depth, is_class = _Page(), [], 0, False
    for token in Lexer(path.read_text("utf-8")).tokenize():
        name = token.split_contents()[0] if token.token_type == TokenType.BLOCK else ""
        is_class = is_class and name != "endblock"
        depth += (name in ("blocktranslate", "comment")) - (name in ("endblocktranslate", "endcomment"))
        if name == "block":
            is_class = token.split_contents()[1].endswith("_class")
        if depth or (is_class and token.token_type == TokenType.TEXT):
            page.feed("\n" * token.contents.count("\n"))
        elif token.token_type == TokenType.TEXT:
            page.feed(token.contents)
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            page.feed(_GAP)
            if name not in (
                "translate",
                "url",
                "include",
                "extends",
                "load",
                "static",
                "if",
                "elif",
                "block",
            ):
                found += [(token.lineno or 0, text) for text in _said_in_tag(token.contents)]
    page.close()
    return sorted(page.found + found)


def _said_in_tag(contents: str) -> Iterator[str]:
    for mark, _, text in _LITERAL.findall(_RIGHT.sub("", contents)):
        is_words = text[:1].isupper() or " " in text.strip()
        if not mark and is_words and _LETTERS.search(text) and text not in _NAMES:
            yield text


def in_module(path: Path) -> list[tuple[int, str]]:
    """Line and text of every sentence in a module that is not marked."""
    if path.relative_to(PACKAGE).as_posix() in _NEUTRAL:
        return []
    found = _sentences(ast.parse(path.read_text("utf-8")))
    return sorted(each for each in found if each[1] not in _NO_WORDS and not _SQL.search(each[1]))


def _sentences(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call) and _name(node.func) in _MARKS:
        for argument in [*node.args[1:], *(each.value for each in node.keywords)]:
            if not isinstance(argument, ast.Constant):
                yield from _sentences(argument)
        return
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and _name(node.exc.func) in _INTERNAL:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and _is_log(node.func):
        return
    if _is_of_files(node):
        return
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values)
        if _SENTENCE.match(text):
            yield node.lineno, text
        return
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    if text not in _NAMES and _SENTENCE.match(text):
        yield getattr(node, "lineno", 0), text
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child)


def _is_log(function: ast.expr) -> bool:
    """Whether it writes to the log, which operators read."""
    return isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "log"


def _is_of_files(node: ast.AST) -> bool:
    """Whether it says what stands in files of data, which are the same in every language."""
    if isinstance(node, ast.Assign):
        return any(isinstance(each, ast.Name) and each.id.endswith("_CSV") for each in node.targets)
    return isinstance(node, ast.keyword) and node.arg == "csv"


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def unmarked(paths: list[Path]) -> list[str]:
    """`file:line: text` of all unmarked text in these files and folders."""
    found = []
    for path in paths:
        files = sorted([*path.rglob("*.html"), *path.rglob("*.py")]) if path.is_dir() else [path]
        for file in files:
            if "migrations" in file.parts:
                continue
            said = in_template(file) if file.suffix == ".html" else in_module(file)
            found += [f"{file.relative_to(PACKAGE).as_posix()}:{line}: {text}" for line, text in said]
    return found


if __name__ == "__main__":
    lines = unmarked([Path(each).resolve() for each in sys.argv[1:]] or [PACKAGE])
    print("\n".join(lines))
    sys.exit(bool(lines))
