"""The companies that entities of a customer's files become, each with a connection of its own."""

from dataclasses import dataclass

from cardable.integrations.any_spreadsheet import CompanyData
from cardable.language import said
from cardable.server import events
from cardable.server.companies.changes import create_company, edit_company
from cardable.server.companies.models import Company
from cardable.server.companies.names import LONGEST_NAME, clean_name, folded_name
from cardable.server.companies.tree import lock
from cardable.server.connections.entities import entity_key
from cardable.server.connections.models import LET_GO, Connection, ConnectionEvent
from cardable.server.syncs.division import Division

_NAMELESS = "Entity"


@dataclass(frozen=True, kw_only=True)
class Part:
    """An entity that counts apart, and the connection of the company it is."""

    entity: CompanyData
    connection: Connection


def parts_of(origin: Connection, division: Division) -> list[Part]:
    """For each entity that counts apart its company and connection, made where there is none yet.

    An entity is known again by the source's ID, whatever it is called by now and whichever of the company's
    connections brought it. None where nobody wants the data any more.
    """
    children = Company.objects.filter(parent_id=origin.company_id).values_list("id", flat=True)
    entities = Company.objects.filter(connections__origin=origin).values_list("id", flat=True)
    there = lock([origin.company_id, *children, *entities])
    still = Connection.objects.select_related("company", "organization").filter(id=origin.id).first()
    if still is None or still.status in LET_GO or still.company_id not in there:
        return []
    return [Part(entity=each, connection=_connection(still, each)) for each in division.apart]


def known_entities(origin: Connection) -> frozenset[str]:
    """The source's IDs of the entities that became companies."""
    return frozenset(origin.entities.values_list("entity_id", flat=True))


def _connection(origin: Connection, entity: CompanyData) -> Connection:
    key, name = entity_key(entity.id), _name(entity)
    of_source = Connection.objects.select_related("company", "organization").filter(entity_id=key)
    found = of_source.filter(origin=origin).first()
    if found is None:
        earlier = of_source.filter(origin__company_id=origin.company_id, company__deleting_since=None)
        last = earlier.order_by("-counted_since").first()
        company = last.company if last else _namesake(origin, name) or _made(origin, name)
        return _begun(origin, company, key, name)
    if found.entity_name != name:
        # Who calls the company otherwise in the portal goes on to do so.
        if found.company.name == found.entity_name:
            edit_company(found.company, name=name)
        found.entity_name = name
        found.save(update_fields=["entity_name"])
    return found


def _namesake(origin: Connection, name: str) -> Company | None:
    """A subsidiary of that name that waits for its first connection."""
    found = Company.objects.filter(
        parent_id=origin.company_id, folded_name=folded_name(name), connections=None, deleting_since=None
    )
    return found.order_by("created_at").first()


def _made(origin: Connection, name: str) -> Company:
    """A new subsidiary, reached by whoever reaches its parent."""
    parent = origin.company
    return create_company(origin.organization, name=name, products=parent.products, parent=parent)


def _begun(origin: Connection, company: Company, key: str, name: str) -> Connection:
    made = Connection.objects.create(
        organization=origin.organization,
        company=company,
        system=origin.system,
        platform_name=origin.platform_name,
        source_type=origin.source_type,
        source_instance=origin.source_instance,
        step="done",
        origin=origin,
        entity_id=key,
        entity_name=name,
    )
    ConnectionEvent.objects.create(organization=origin.organization, connection=made, kind="Started")
    words = said("It came in the files of {parent}.", parent=origin.company.name)
    events.record("connection.created", words, company=company)
    return made


def _name(entity: CompanyData) -> str:
    """The entity's name as a company may be called."""
    for text in (entity.name, entity.id):
        name = clean_name(text)[:LONGEST_NAME].strip()
        if any(map(str.isalnum, name)):
            return name
    return _NAMELESS
