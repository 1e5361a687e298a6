"""Every message is translated into every language, and everything people read can be."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from cardable.language import LANGUAGES, said, speaker
from messages.catalogs import TRANSLATED, compiled, kept, path_of, renewed, sorted_out, written
from messages.extraction import PACKAGE, messages
from messages.unmarked import unmarked

_PLACE = re.compile(r"%\((\w+)\)s|\{(\w*)\}")
AREAS = (
    "insights.py",
    "intake",
    "integrations",
    "metrics",
    "records",
    "reports",
    *(f"server/companies/{name}.py" for name in (
        "access", "changes", "folders", "jobs", "listing", "models", "names", "products", "search", "tree",
    )),
    "server/events",
    *(f"server/insights/{name}.py" for name in (
        "access", "copies", "customers", "figure_rows", "figure_tables", "figures", "jobs", "mails", "making",
        "ongoing", "parameters", "period", "preview", "record_list", "record_rows", "retention", "runs",
        "supplier_list", "tables",
    )),
    *(f"server/portal/{name}.py" for name in (
        "analysis", "analysis_addresses", "analysis_frame", "analysis_overview", "analysis_records",
        "analysis_supplier", "analysis_warnings", "charts", "columns", "companies", "company_connections",
        "company_data", "company_fields", "company_figures", "company_files", "company_forms",
        "company_page", "company_table", "company_windows", "context", "email_template", "home",
        "record_tables", "report_downloads", "row_fields", "spend_insights",
    )),
    "server/connections",
    "server/link",
    "server/portal/settings_languages.py",
    "server/portal/templates/portal/analysis",
    "server/portal/templates/portal/companies",
    "server/portal/templates/portal/insights",
    "server/portal/templates/portal/settings/languages.html",
    *(f"server/ui/{name}.py" for name in ("brand", "forms", "moments", "statuses")),
    "server/ui/templatetags",
    *(f"server/ui/templates/{status}.html" for status in ("400", "403", "403_csrf", "404", "429", "500")),
    *(f"server/ui/templates/ui/{name}.html" for name in ("base", "gate", "portal", "window")),
    *(f"server/ui/templates/ui/parts/{name}.html" for name in (
        "account_menu", "alert", "breadcrumbs", "choice", "copy", "copy_text", "empty", "empty_row",
        "errors", "field", "figures", "form", "global_search", "help", "languages", "menu", "messages",
        "more", "pager", "pills", "scene", "search", "session", "side", "sort", "table", "tabs", "tenant",
        "timeline", "toolbar",
    )),
    "server/presentation",
    "server/syncs",
    "server/ui/moments.py",
    "server/ui/statuses.py",
    "server/ui/templates/ui/link.html",
    "server/ui/templates/ui/parts/drop.html",
    "server/ui/templates/ui/parts/files.html",
    "server/ui/templates/ui/parts/languages.html",
    "server/ui/templates/ui/parts/link_help.html",
    "server/ui/templates/ui/parts/progress.html",
    "server/ui/templates/ui/parts/steps.html",
    "server/ui/templatetags",
    "snapshots",
)  # fmt: skip
"""Where everything people read is marked."""
ENGLISH = (
    # The manifest, report.json and what it says of itself: for programs.
    "reports/_bundle.py",
    "reports/_json.py",
    "reports/_trace.py",
    # The reference pages are made from these.
    "reports/_format.py",
    "reports/_reference.py",
    # The layout of a presentation's template.
    "reports/_presentation.py",
    # The formats of the card networks.
    "reports/_vendor.py",
    "reports/mastercard_match.py",
    "reports/paytech.py",
    "reports/visa_vendor_match.py",
    "reports/wex.py",
)
"""What programs and developers read."""

FOLDERS = sorted(sorted_out(messages()))


@cache
def _kept(at: int, language: str) -> Catalog:
    return kept(FOLDERS[at], language)


def _entries(language: str) -> Iterator[Entry]:
    for at in range(len(FOLDERS)):
        yield from (entry for entry in _kept(at, language) if entry.id)


def _forms(said: object) -> list[str]:
    return list(said) if isinstance(said, list | tuple) else [str(said or "")]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    assert [str(entry.id) for entry in _entries(language) if not all(_forms(entry.string))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    def places(text: str) -> set[str]:
        return {found[0] for found in _PLACE.finditer(text)}

    wrong = [
        str(entry.id)
        for entry in _entries(language)
        if any(not places(form) <= places(_forms(entry.id)[-1]) for form in _forms(entry.string))
        or places(_forms(entry.string)[-1]) != places(_forms(entry.id)[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_one_message_has_one_translation_in_all_catalogs(language: str) -> None:
    known: dict[tuple[object, object], object] = {}
    entries = list(_entries(language))
    assert [e.id for e in entries if known.setdefault((e.id, e.context), e.string) != e.string] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogs_are_up_to_date_with_the_code_and_compiled(language: str) -> None:
    for folder, found in sorted_out(messages()).items():
        path = path_of(folder, language)
        assert path.read_bytes() == written(renewed(folder, language, found)), "Run: make messages"
        assert path_of(folder, language, "mo").read_bytes() == compiled(kept(folder, language))


@pytest.mark.parametrize("area", AREAS)
def test_everything_people_read_is_marked(area: str) -> None:
    assert [line for line in unmarked([PACKAGE / area]) if not line.startswith(ENGLISH)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_that_was_kept_in_english_is_said_again(language: str) -> None:
    say = speaker(language)
    for entry in _entries(language):
        places = [name for _, name in _PLACE.findall(_forms(entry.id)[0]) if name]
        if places and isinstance(entry.id, str) and "%(" not in entry.id and not entry.context:
            values = {name: f"«{name} 7»" for name in places}
            assert say.again(said(entry.id, **values)) == str(entry.string).format(**values)


def test_every_language_is_named_in_its_own_words() -> None:
    assert LANGUAGES == {"en": "English", "fr-ca": "Français (Canada)"}
