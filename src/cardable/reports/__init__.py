"""Reports: what people read, one module each; the folder is the list of them."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from cardable.reports._bundle import Bundle, Outcome, bundle_name, write_bundle, write_folder_manifest
from cardable.reports._json import write_json
from cardable.reports._logo import UnreadableLogo
from cardable.reports._palette import NotAColor
from cardable.reports._report import Report, company_stem
from cardable.reports._sheet import Column, Section, Sheet

__all__ = [
    "Bundle",
    "Column",
    "NotAColor",
    "Outcome",
    "Report",
    "Section",
    "Sheet",
    "UnreadableLogo",
    "all_reports",
    "bundle_name",
    "company_stem",
    "report",
    "write_bundle",
    "write_folder_manifest",
    "write_json",
]


@cache
def all_reports() -> tuple[Report, ...]:
    """Every report there is, in the order people see them."""
    names = sorted(each.name for each in iter_modules(__path__) if not each.name.startswith("_"))
    found: list[Report] = [import_module(f"{__name__}.{name}").REPORT for name in names]
    return tuple(sorted(found, key=lambda each: (each.position, each.name)))


def report(key: str) -> Report:
    """The report with this key, such as `spend-analysis`; KeyError where there is none."""
    return {each.key: each for each in all_reports()}[key]
