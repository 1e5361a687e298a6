"""The catalogs of a language: each message in the nearest folder `locale` above the file that says it."""

from collections import defaultdict
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from cardable.language import ENGLISH, LANGUAGES
from cardable.language.catalogs import DOMAIN, locale_name
from messages.extraction import PACKAGE, Message

TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)


def folder_of(message: Message) -> Path:
    """The folder `locale` that the message belongs to."""
    above = (PACKAGE / message.place.partition(":")[0]).parents
    return next(folder / "locale" for folder in above if (folder / "locale").is_dir())


def sorted_out(found: list[Message]) -> dict[Path, list[Message]]:
    """The messages of each folder."""
    folders: dict[Path, list[Message]] = defaultdict(list)
    for message in found:
        folders[folder_of(message)].append(message)
    return dict(folders)


def path_of(folder: Path, language: str, kind: str = "po") -> Path:
    """Where a folder keeps a language: `po` for people, `mo` for programs."""
    return folder / locale_name(language) / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def kept(folder: Path, language: str) -> Catalog:
    """The catalog as it is kept; an empty one where there is none yet."""
    path = path_of(folder, language)
    if not path.exists():
        return Catalog(locale=locale_name(language))
    with path.open("rb") as file:
        catalog = read_po(file, locale=locale_name(language))
    # Without days, so that the compiled catalog is the same tomorrow.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return catalog


def renewed(folder: Path, language: str, found: list[Message]) -> Catalog:
    """The catalog with just these messages: what is translated stays so, what is new is empty."""
    before = kept(folder, language)
    catalog = Catalog(locale=locale_name(language), fuzzy=False, header_comment="")
    for message in found:
        key = (message.text, message.plural) if message.plural else message.text
        old = before.get(message.text, message.context)
        string = old.string if old is not None and bool(old.pluralizable) == bool(message.plural) else None
        place = message.place.partition(":")[0]
        each = catalog.get(message.text, message.context)
        # Without line numbers, so that a change elsewhere in a file changes nothing here.
        locations = [*(each.locations if each else ()), (place, None)]
        catalog.add(key, string, locations=list(dict.fromkeys(locations)), context=message.context)
    return catalog


def written(catalog: Catalog) -> bytes:
    """The catalog as a `.po` file, the same for the same messages."""
    file = BytesIO()
    write_po(file, catalog, width=100, omit_header=False, sort_by_file=True, include_lineno=False)
    lines = file.getvalue().decode().split("\n")
    return "\n".join(line for line in lines if not line.startswith(_DATED)).encode()


_DATED = (
    '"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Language-Team', '"Generated-By',
    '"Report-Msgid', '"Project-Id-Version',
)  # fmt: skip


def compiled(catalog: Catalog) -> bytes:
    """The catalog as a `.mo` file, the same for the same messages."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()
