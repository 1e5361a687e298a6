"""Where the customer goes when the Link is over."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from cardable.language import noted
from cardable.server.connections.models import Connection
from cardable.server.link.systems import system
from cardable.server.link.visits import Visit

_PLACE = re.compile(r"\{([^{}]+)\}")
_CLAIM = "openId_"
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Ending:
    """How a journey ended, as the issuer's own page is told."""

    code: int
    text: str
    error: str = ""


DONE = Ending(200, noted("Done"))
UNCHANGED = Ending(201, noted("Left without a change"))
LEFT = Ending(403, noted("Left before the end"), noted("User cancelled."))
FAILED = Ending(500, noted("Failed"), noted("Unknown error occurred."))
NOT_SUPPORTED = Ending(501, noted("Platform not supported"), noted("Not supported."))
ENDINGS = {each.code: each for each in (DONE, UNCHANGED, LEFT, FAILED, NOT_SUPPORTED)}


def address_after(visit: Visit, connection: Connection | None, ending: Ending) -> str | None:
    """The issuer's page to go to; None where there is none, or none that may be used."""
    reserved = {
        "clientId": str(visit.organization.id),
        "companyId": str(visit.company.id),
        "connectionId": str(connection.id) if connection else "",
        "integrationId": connection.system if connection else "",
        "sourceId": str(connection.source_instance) if connection else "",
        "platform": _platform(connection),
        "platformName": connection.platform_name if connection else "",
        "sourceType": connection.source_type if connection else "",
        "statusCode": str(ending.code),
        "statusText": ending.text,
        "errorMessage": ending.error,
        "data.company.companyName": visit.company.name,
    }
    organization = visit.organization
    return filled(
        organization.redirect_url, reserved, visit.parameters, allowed=organization.allowed_redirect_urls
    )


def filled(
    template: str,
    reserved: Mapping[str, str],
    parameters: Mapping[str, str],
    *,
    allowed: Collection[str] = (),
) -> str | None:
    """The address with each `{name}` replaced; None where it may not be gone to.

    A place in the host is filled from the parameters only, and the outcome must be one of the allowed
    addresses: otherwise whoever writes a Link URL could send a customer anywhere.
    """
    host = urlsplit(_PLACE.sub(lambda place: f"x{len(place[0])}x", template)).netloc
    begins, _, rest = template.partition("://")
    where = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not template or not host or _PLACE.search(begins):
        return None
    if any(name in reserved or name.startswith(_CLAIM) for name in _PLACE.findall(where)):
        return None
    # What a Link URL says of itself is no claim of who somebody is.
    values = {name: value for name, value in parameters.items() if not name.startswith(_CLAIM)}
    values.update(reserved)
    address = _PLACE.sub(lambda place: quote(values.get(place[1], ""), safe=""), template)
    parts = urlsplit(address)
    if _PLACE.search(where) and not _is_allowed(f"{parts.scheme}://{parts.netloc}", allowed):
        return None
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    return address if safe and parts.hostname else None


def _platform(connection: Connection | None) -> str:
    chosen = system(connection.system) if connection else None
    return chosen.platform if chosen else ""


def _is_allowed(address: str, allowed: Collection[str]) -> bool:
    return address.lower() in {each.strip().rstrip("/").lower() for each in allowed}
