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
AREAS = sorted(
    path.relative_to(PACKAGE).as_posix()
    for folder in (PACKAGE, PACKAGE / "server")
    for path in folder.iterdir()
    if (path.is_dir() or path.suffix == ".py") and path.name not in ("server", "locale", "__pycache__")
)
ENGLISH = (
    # The command line, the worked example and the demo's data.
    "cli/",
    "example/",
    "server/commands/",
    "server/demo/",
    # For programs: the manifest, report.json and what it says of itself, metrics, a directory's protocol.
    "reports/_bundle.py",
    "reports/_json.py",
    "reports/_trace.py",
    "server/operations/counting.py",
    "server/operations/metrics.py",
    "server/people/scim.py",
    "server/people/scim_json.py",
    # For developers: the reference pages and the gallery of parts.
    "reports/_format.py",
    "reports/_reference.py",
    "server/reference.py",
    "server/ui/gallery",
    "server/ui/templates/ui/gallery",
    # The layout of a presentation's template.
    "reports/_presentation.py",
    # What the database says, and the formats of the card networks.
    "reports/_bulk.py",
    "reports/_vendor.py",
    "reports/mastercard_match.py",
    "reports/paytech.py",
    "reports/visa_vendor_match.py",
    "reports/wex.py",
    # For whoever runs the server.
    "server/archives/",
    "server/audit/jobs.py",
    "server/checks.py",
    "server/companies/importing.py",
    "server/environment.py",
    "server/logs.py",
    "server/organizations/administrators.py",
    "server/insights/schedule.py",
    "server/postgres.py",
    "server/preparation.py",
    "server/rotation.py",
    "server/serving.py",
    "server/supervisor.py",
    "server/worker.py",
    # A document whose words its fingerprint covers.
    "server/companies/certificates.py",
    # Languages, in their own words.
    "language/",
)
"""What customers and members never read."""

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
