"""The reference pages on reports and settings, made from the declarations they describe."""

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

from cardable.metrics.parameters import ExchangeRate, Exclusion, MethodOverride, Parameters, Tier
from cardable.reports import all_reports, ongoing_insights
from cardable.reports._json import PARTS
from cardable.reports._report import Report
from cardable.reports._sheet import Sheet
from cardable.reports._trace import SUMMARY_FORMULAS, tabs

_MADE = "<!-- Made from the code by `make docs`; changes here are lost. -->"


def main(arguments: Sequence[str]) -> int:
    """Write the pages into the folder named."""
    folder = Path(*arguments)
    for name, page in pages().items():
        (folder / name).write_text(page, "utf-8")
    return 0


def pages() -> dict[str, str]:
    """Each page by the name of its file."""
    return {"reports.md": _page(_reports()), "settings.md": _page(_settings())}


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _reports() -> Iterator[str]:
    yield from ("# Reports", "", _MADE, "")
    yield "Every report, sheet and column. A blank cell, `null` in JSON, means that a figure does not apply."
    yield from ("", "| Report | Key | File | What it tells |", "| - | - | - | - |")
    for report in all_reports():
        name = f"{{Company}}_{report.file_stem}_{{date}}.{report.extension}"
        yield _row(
            f"[{report.name}](#{_anchor(report.name)})", f"`{report.key}`", f"`{name}`", report.meaning
        )
    yield ""
    for report in all_reports():
        yield from _report(report)
    yield from _documents()


def _report(report: Report) -> Iterator[str]:
    yield from (f"## {report.name}", "", report.meaning, "")
    for sheet in report.sheets:
        yield from _sheet(report, sheet)
    if not report.sheets:
        yield from ("| Figure | How it comes about | JSON | Worked out from |", "| - | - | - | - |")
        for each in SUMMARY_FORMULAS:
            yield _row(each.column, each.formula, f"`{each.figure}`", ", ".join(each.tabs))
        yield ""


def _sheet(report: Report, sheet: Sheet) -> Iterator[str]:
    only = " Only in reports on groups." if sheet.groups_only else ""
    yield from (f"### {sheet.name}", "", f"{sheet.meaning}{only}{_place(report, sheet)}", "")
    yield from ("| Column | Meaning | Format | JSON | Worked out from |", "| - | - | - | - | - |")
    for section in sheet.sections:
        for column in section.columns:
            meaning = f"{column.meaning}{' Groups only.' if column.groups_only else ''}".strip()
            json = f"`{column.json}`" if column.json else ""
            yield _row(column.name, meaning, column.format.value, json, ", ".join(tabs(column.key)))
    yield ""


def _place(report: Report, sheet: Sheet) -> str:
    """Where report.json has the rows, if it does."""
    if report is ongoing_insights.REPORT:
        return f" In report.json: `ongoingInsights.{sheet.json}`."
    return f" In report.json: `{sheet.json}`." if sheet.json in PARTS else ""


def _documents() -> Iterator[str]:
    yield from (
        "## report.json",
        "",
        "Every figure with its provenance, for programs. Numbers are exact decimals.",
        "",
    )
    yield from ("| Part | What it holds |", "| - | - |")
    yield from (_row(f"`{name}`", meaning) for name, meaning in PARTS.items())
    yield from (
        "",
        "## manifest.json and the bundle",
        "",
        "`manifest.json` ties every file of the folder, by name and SHA-256, to the inputs, parameters and",
        "version that made it. `{Company}_SpendReports_{date}.zip` holds the reports and `manifest.txt`: the",
        "report's ID, the company's, the creation time, a correlation ID, and for each expected report",
        "`INCLUDED`, or `FAILED` with the reason. The IDs follow from the inputs, parameters, version and",
        "run date, so a run repeated has them again.",
    )


def _settings() -> Iterator[str]:
    yield from ("# Settings", "", _MADE, "")
    yield from (_said(Parameters), "")
    yield "A settings file is TOML, its keys as below; give it to `cardable analyze --settings`."
    yield from ("", "| Setting | Default | Meaning |", "| - | - | - |")
    yield from _setting_rows(Parameters)
    for setting, kind in _TABLES.items():
        yield from ("", f"## {setting}", "", f"Tables, as `[[{setting}]]`. {_said(kind)}", "")
        yield from ("| Key | Default |", "| - | - |")
        yield from (_row(f"`{name}`", default) for name, default in _keys(kind))


_TABLES: dict[str, type[Any]] = {
    "cashback_tiers": Tier,
    "exclusions": Exclusion,
    "method_overrides": MethodOverride,
    "exchange_rates": ExchangeRate,
}


def _keys(kind: type[Any]) -> Iterator[tuple[str, str]]:
    hints = get_type_hints(kind)
    for each in fields(kind):
        may_be_left_out = NoneType in get_args(hints[each.name])
        yield each.name, "none" if may_be_left_out else _default(each.default)


def _said(kind: type[Any]) -> str:
    return " ".join(inspect.cleandoc(kind.__doc__ or "").split())


def _setting_rows(kind: type[Any]) -> Iterator[str]:
    meanings = attribute_meanings(kind)
    for each in fields(kind):
        yield _row(f"`{each.name}`", _default(each.default), meanings[each.name])


def attribute_meanings(kind: type[Any]) -> dict[str, str]:
    """The sentence under each attribute of a class; KeyError later where one has none."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    return {
        before.target.id: " ".join(str(ast.literal_eval(after.value)).split())
        for before, after in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name)
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }


def _default(value: Any) -> str:
    if value is MISSING:
        return "required"
    if value is None or value in ("", ()):
        return "none"
    return f"`{_literal(value)}`"


def _literal(value: Any) -> str:
    """The value as a settings file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    if is_dataclass(value) and not isinstance(value, type):
        given = {each.name: getattr(value, each.name) for each in fields(value)}
        inside = ", ".join(f"{key} = {_literal(each)}" for key, each in given.items() if each is not None)
        return f"{{{inside}}}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _anchor(heading: str) -> str:
    return heading.lower().replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
