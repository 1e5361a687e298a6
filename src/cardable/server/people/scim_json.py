"""SCIM's JSON (RFC 7643): a member as a User resource, and what a User or a PATCH says of a member."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from cardable.server.organizations.models import Member

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_FILTER = re.compile(r'\s*(userName|externalId|id|emails\.value|emails)\s+eq\s+"([^"]*)"\s*', re.IGNORECASE)
_WORK = re.compile(r"emails\[[^\]]*\]\.value", re.IGNORECASE)


def resource(member: Member, base: str) -> dict[str, Any]:
    """A member, as directories know users."""
    user = member.user
    return {
        "schemas": [USER],
        "id": str(member.id),
        **({"externalId": member.external_id} if member.external_id else {}),
        "userName": user.email,
        "displayName": user.name,
        "name": {"formatted": user.name},
        "emails": [{"value": user.email, "type": "work", "primary": True}],
        "active": member.is_active,
        "roles": [{"value": member.role, "primary": True}],
        "meta": {
            "resourceType": "User",
            "created": member.created_at.isoformat(),
            "location": f"{base}/Users/{member.id}",
        },
    }


def said_of(body: Any) -> dict[str, Any]:
    """What a whole User says, in our words; what it leaves out is None."""
    if not isinstance(body, Mapping):
        raise ValidationError("The body is no JSON object.")
    said = {key.lower(): value for key, value in body.items()}
    return {
        "email": _email(said),
        "name": _name(said),
        "external_id": _text(said.get("externalid")),
        "role": _role(said.get("roles")),
        **({"is_active": _truth(said["active"])} if "active" in said else {}),
    }


def patched(body: Any) -> dict[str, Any]:
    """What a PATCH changes, in our words; what we do not keep is left out."""
    operations = body.get("Operations") if isinstance(body, Mapping) else None
    if not isinstance(operations, list):
        raise ValidationError("A PATCH has a list of Operations.")
    said: dict[str, Any] = {}
    for operation in operations:
        if not isinstance(operation, Mapping) or str(operation.get("op", "")).lower() not in _KINDS:
            raise ValidationError("An operation is one of add, replace and remove.")
        if str(operation["op"]).lower() == "remove":
            said |= {"external_id": ""} if str(operation.get("path", "")).lower() == "externalid" else {}
            continue
        said |= _one(str(operation.get("path") or ""), operation.get("value"))
    return said


def wanted(filter: str) -> dict[str, Any]:
    """The members that a filter asks for, as conditions; raises ValidationError where we cannot tell."""
    if not filter:
        return {}
    parts = _FILTER.fullmatch(filter)
    if parts is None:
        raise ValidationError('Filter by userName, externalId or id, such as userName eq "ada@example.com".')
    field, value = parts[1].lower(), parts[2]
    if field == "externalid":
        return {"external_id": value}
    if field == "id":
        return {"id": _uuid(value)}
    return {"user__email": value.lower()}


_KINDS = ("add", "replace", "remove")


def _one(path: str, value: Any) -> dict[str, Any]:
    """What a single operation sets."""
    if not path:
        if not isinstance(value, Mapping):
            raise ValidationError("An operation without a path has an object as its value.")
        flat: dict[str, Any] = {}
        for name, each in value.items():
            flat |= _one(str(name), each)
        return flat
    name = path.removeprefix(f"{USER}:").lower()
    if name == "active":
        return {"is_active": _truth(value)}
    if name == "roles" or name.startswith("roles["):
        return {"role": _role(value if isinstance(value, list) else [value])}
    if name == "emails":
        return {"email": _email({"emails": value})}
    if name == "username" or _WORK.fullmatch(name):
        return {"email": _text(value)}
    if name in ("displayname", "name.formatted"):
        return {"name": _text(value)}
    if name == "name" and isinstance(value, Mapping):
        return {"name": _name({"name": value})}
    return {"external_id": _text(value) or ""} if name == "externalid" else {}


def _email(said: Mapping[str, Any]) -> str | None:
    """The user name where it is an address, else the primary address."""
    name = _text(said.get("username"))
    if name and "@" in name:
        return name.lower()
    emails = [each for each in said.get("emails") or [] if isinstance(each, Mapping)]
    emails.sort(key=lambda each: not each.get("primary"))
    return _text(emails[0].get("value")) if emails else name


def _name(said: Mapping[str, Any]) -> str | None:
    name = said.get("name") if isinstance(said.get("name"), Mapping) else {}
    assert isinstance(name, Mapping)
    parts = " ".join(filter(None, [_text(name.get("givenName")), _text(name.get("familyName"))]))
    return _text(said.get("displayname")) or _text(name.get("formatted")) or parts or None


def _role(roles: Any) -> str | None:
    if not isinstance(roles, list) or not roles:
        return None
    first = next((each for each in roles if isinstance(each, Mapping) and each.get("primary")), roles[0])
    return _text(first.get("value") if isinstance(first, Mapping) else first)


def _text(value: Any) -> str | None:
    return value.strip()[:200] if isinstance(value, str) else None


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("true", "false"):
        return str(value).lower() == "true"
    raise ValidationError("“active” is true or false.")


def _uuid(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError:
        return uuid.UUID(int=0)
