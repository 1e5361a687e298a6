"""Every message of the code, with where it stands: in Python, in templates, in tables of texts."""

import ast
import csv
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "cardable"

# Which arguments of a function are the text, its plural and its context.
_TEXT, _COUNTED, _IN_CONTEXT = (0, None, None), (0, 1, None), (1, None, 0)
FUNCTIONS: dict[str, tuple[int, int | None, int | None]] = {
    # The server's framework.
    "_": _TEXT,
    "gettext": _TEXT,
    "gettext_lazy": _TEXT,
    "ngettext": _COUNTED,
    "ngettext_lazy": _COUNTED,
    "pgettext": _IN_CONTEXT,
    "pgettext_lazy": _IN_CONTEXT,
    # The library; `said_many` apart, for what was said is kept and found again, one or many.
    "noted": _TEXT,
    "said": _TEXT,
    "say": _TEXT,
    "how_many": (1, 2, None),
    "within": _IN_CONTEXT,
}
_SAID_MANY = "said_many"
TABLES: dict[str, tuple[str, ...]] = {
    "intake/recognise/vocabulary/set_aside.csv": ("label",),
    "intake/recognise/vocabulary/uses.csv": ("label",),
    "metrics/warning_texts.toml": ("one", "many"),
    "server/insights/exclusion_words.toml": ("reason",),
    "server/link/systems.toml": ("report", "steps"),
}
"""Files of texts by their place in the package, and the keys or columns under which texts stand, alone or in
lists, at any depth."""
DECLARATIONS: dict[str, dict[str, int | None]] = {
    "Column": {"name": 0, "meaning": 3},
    "Section": {"name": 0},
    "Chart": {"title": 0},
    "Sheet": {"name": None, "meaning": None},
    "Report": {"name": None, "meaning": None},
}
"""What is declared in `reports`: which fields are texts, and which argument each is, if not by its name."""
_CONTEXTS = {("Sheet", "name"): "tab"}
_ENGLISH_ALWAYS = (
    "_json.py",
    "_trace.py",
    "_vendor.py",
    "mastercard_match.py",
    "paytech.py",
    "visa_vendor_match.py",
    "wex.py",
)
"""Modules whose columns are read by programs; what their reports are called is said all the same."""


@dataclass(frozen=True)
class Message:
    """One thing to translate."""

    text: str
    plural: str | None
    context: str | None
    place: str
    """The file, from the package's folder, and the line."""


def messages() -> list[Message]:
    """All messages, in the order of the files."""
    found: list[Message] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            found += _read(path, path.read_bytes())
    for path in sorted((PACKAGE / "reports").glob("*.py")):
        found += _declared(path)
    for path in sorted(PACKAGE.rglob("*.html")):
        found += _read(path, _as_python(path))
    for path in sorted([*PACKAGE.rglob("templates/**/*.txt"), *PACKAGE.rglob("templates/**/*.md")]):
        found += _read(path, _as_python(path))
    for name, keys in sorted(TABLES.items()):
        found += [Message(text, None, None, name) for text in _texts(_table(PACKAGE / name), keys)]
    return found


def _table(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8")
    return {"rows": list(csv.DictReader(text.splitlines()))} if path.suffix == ".csv" else tomllib.loads(text)


def _as_python(path: Path) -> bytes:
    lines = templatize(path.read_text("utf-8"), origin=str(path)).split("\n")
    return "\n".join(line.lstrip() for line in lines).encode()


def _read(path: Path, content: bytes) -> Iterator[Message]:
    name = path.relative_to(PACKAGE).as_posix()
    known = dict.fromkeys([*FUNCTIONS, _SAID_MANY])
    for line, function, said, _ in extract_python(io.BytesIO(content), known, [], {}):
        arguments: Any = said if isinstance(said, tuple) else (said,)
        yield from _messages(str(function), arguments, f"{name}:{line}")


def _messages(function: str, arguments: tuple[str | None, ...], place: str) -> Iterator[Message]:
    if function == _SAID_MANY:
        yield from (Message(text, None, None, place) for text in arguments[1:3] if text)
        return
    text, plural, context = (
        None if at is None or at >= len(arguments) else arguments[at] for at in FUNCTIONS[function]
    )
    if text:
        yield Message(text, plural, context, place)


def _declared(path: Path) -> Iterator[Message]:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        kind = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        if not isinstance(call, ast.Call) or kind not in DECLARATIONS:
            continue
        if path.name in _ENGLISH_ALWAYS and kind != "Report":
            continue
        given: dict[str | int | None, ast.expr] = {**dict(enumerate(call.args))}
        given |= {each.arg: each.value for each in call.keywords}
        for name, at in DECLARATIONS[kind].items():
            text = given.get(name, given.get(at) if at is not None else None)
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                place = f"{path.relative_to(PACKAGE).as_posix()}:{text.lineno}"
                yield Message(text.value, None, _CONTEXTS.get((kind, name)), place)


def _texts(table: Any, keys: tuple[str, ...]) -> Iterator[str]:
    for key, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, str) and key in keys:
            yield value
        elif isinstance(value, list) and key in keys:
            yield from (each for each in value if isinstance(each, str))
        for each in value if isinstance(value, list) else [value]:
            yield from _texts(each, keys)
