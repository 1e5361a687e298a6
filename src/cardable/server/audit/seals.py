"""The seal of an entry, written with it: shows a change made before the entry has its place in the chain."""

import hmac
import json
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cardable.server.audit.facts import facts
from cardable.server.secrets import Key, keys

if TYPE_CHECKING:
    from cardable.server.audit.models import Entry

_PURPOSE = b"cardable audit entry"
_NOT_SEALED = ("id",)
"""The database gives the id when the seal is made already."""


def seal_of(entry: "Entry") -> str:
    """The id of the key in use and a code over all that the entry says, which only that key can make."""
    key = keys()[0]
    return f"{key.id}:{_code(entry, key)}"


def is_sealed(entry: "Entry") -> bool:
    """Whether one of our keys made the entry's seal over what the entry says now."""
    key_id, _, code = (entry.seal or "").partition(":")
    known = {key.id: key for key in keys()}
    return key_id in known and hmac.compare_digest(code, _code(entry, known[key_id]))


def _code(entry: "Entry", key: Key) -> str:
    said = {name: value for name, value in facts(entry).items() if name not in _NOT_SEALED}
    if entry.ip_address:
        said["ipAddress"] = str(ip_address(entry.ip_address))
    own_key = hmac.digest(key.secret, _PURPOSE, "sha256")
    return hmac.digest(own_key, json.dumps(said, sort_keys=True).encode(), "sha256").hex()
