"""Mappings that customers confirmed once: remembered for each organization, system and header set."""

import uuid
from collections.abc import Iterable

from cardable.intake import FileReading, Table
from cardable.intake.mappings import SavedMapping, fitting
from cardable.intake.words import normalised_header
from cardable.language import noted
from cardable.server.connections import models
from cardable.server.syncs.headers import header_hash, header_texts

_FEWEST_HEADERS = 3
_MOST = 500


def saved_mappings(system: str) -> tuple[SavedMapping, ...]:
    """What is remembered for a system, the latest first; only tables with all those headers are meant."""
    return tuple(
        SavedMapping(
            name=noted("the columns confirmed before"),
            kind=each.kind,
            uses=each.uses,
            required=frozenset(each.uses),
        )
        for each in models.SavedMapping.objects.filter(system=system).order_by("-confirmed_at")[:_MOST]
    )


def remember(organization_id: uuid.UUID, system: str, readings: Iterable[FileReading]) -> None:
    """Keep what the columns of these confirmed files mean."""
    for reading in readings:
        for table in reading.tables:
            if _is_worth_keeping(table):
                _keep(organization_id, system, table)


def _is_worth_keeping(table: Table) -> bool:
    if table.kind == "other" or table.counterparty != "supplier" or table.grid.hidden:
        return False
    texts = list(header_texts(table).values())
    mapped = [column for column in table.columns if column.use]
    return len(texts) >= _FEWEST_HEADERS and bool(mapped) and not _is_template(table, texts)


def _is_template(table: Table, texts: list[str]) -> bool:
    """Whether the project's own templates say the same already."""
    own = fitting(texts, (), table.kind)
    return own is not None and all(
        own.uses.get(normalised_header(text)) == column.use
        for column in table.columns
        if (text := header_texts(table).get(column.position))
    )


def _keep(organization_id: uuid.UUID, system: str, table: Table) -> None:
    texts = header_texts(table)
    by_place = {column.position: column.use for column in table.columns}
    uses = {normalised_header(text): by_place[place] for place, text in texts.items()}
    models.SavedMapping.objects.update_or_create(
        organization_id=organization_id,
        system=system,
        kind=table.kind,
        header_hash=header_hash(uses),
        defaults={"uses": uses},
    )
