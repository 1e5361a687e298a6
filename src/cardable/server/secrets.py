"""Secrets at rest: sealed with authenticated encryption, each bound to the row it belongs to.

A sealed value names its key, so several keys can be in use: the first seals, every other still opens. Keys
come from CARDABLE_KEYS, or from a key file that is made at the first start and read anew when it changes,
so that `cardable rotate-keys` needs no restart.
"""

import base64
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from cardable.server.environment import BadSetting

KEY_BYTES, _NONCE_BYTES = 32, 12
_FORMAT = b"\x01"
_ID = re.compile(r"[A-Za-z0-9-]{1,32}")


class CannotUnseal(Exception):
    """A sealed value was changed, moved to another row, or sealed with a key that is not there."""


@dataclass(frozen=True)
class Key:
    """A key of 256 bits and the id that sealed values know it by."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.id!r})"

    def __str__(self) -> str:
        return f"{self.id}:{base64.b64encode(self.secret).decode()}"


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A column of sealed bytes, bound to its row by `context_of`; `cardable rotate-keys` finds it."""


def context_of(row: models.Model, field: str) -> str:
    """What binds a value to one column of one row."""
    return f"{row._meta.label_lower}.{field}:{row.pk}"


def seal(value: bytes, *, context: str) -> bytes:
    """The value, readable only with our keys and only in this context."""
    key = keys()[0]
    head = _FORMAT + bytes([len(key.id)]) + key.id.encode()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, value, head + context.encode())


def unseal(sealed: bytes, *, context: str) -> bytes:
    """The value as it was sealed in this context; raises CannotUnseal."""
    sealed = bytes(sealed)
    key_id, start = _key_id(sealed)
    known = {key.id: key for key in keys()}
    if key_id not in known:
        raise CannotUnseal(f"no key {key_id!r} for {context}")
    nonce, rest = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
    try:
        return AESGCM(known[key_id].secret).decrypt(nonce, rest, sealed[:start] + context.encode())
    except (InvalidTag, ValueError) as fault:
        raise CannotUnseal(f"{context} was changed or moved") from fault


def seal_text(text: str, *, context: str) -> str:
    """The same for text, kept as text."""
    return base64.urlsafe_b64encode(seal(text.encode(), context=context)).decode()


def unseal_text(sealed: str, *, context: str) -> str:
    """The text as it was sealed in this context; raises CannotUnseal."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
    except ValueError as fault:
        raise CannotUnseal(f"{context} is no sealed text") from fault
    return unseal(raw, context=context).decode()


def is_sealed_with_first_key(sealed: bytes) -> bool:
    """Whether a value needs no sealing anew."""
    return _key_id(bytes(sealed))[0] == keys()[0].id


def _key_id(sealed: bytes) -> tuple[str, int]:
    """The id of the key a value was sealed with, and where what follows it begins."""
    if len(sealed) < 2 or sealed[:1] != _FORMAT or len(sealed) < 2 + sealed[1]:
        raise CannotUnseal("not a sealed value")
    start = 2 + sealed[1]
    return sealed[2:start].decode("ascii", "replace"), start


_read: dict[Path, tuple[tuple[int, int, int], tuple[Key, ...]]] = {}


def keys() -> tuple[Key, ...]:
    """Every key we have; the first is the one to seal with."""
    given = settings.ENVIRONMENT.keys
    if given:
        return parsed(re.split(r"[\s,]+", given), "CARDABLE_KEYS")
    path = settings.ENVIRONMENT.key_file
    if not path.exists():
        _make(path)
    found = path.stat()
    version = (found.st_mtime_ns, found.st_size, found.st_ino)
    if path not in _read or _read[path][0] != version:
        _read[path] = (version, parsed(path.read_text().split(), str(path)))
    return _read[path][1]


def parsed(words: Sequence[str], where: str) -> tuple[Key, ...]:
    """The keys that are written as `id:base64`; raises BadSetting, which tells no key."""
    found = [_key(word, where) for word in words if word]
    if not found:
        raise BadSetting(f"{where} holds no key. Restore it from where you keep a copy of it.")
    if len({key.id for key in found}) < len(found):
        raise BadSetting(f"{where} names two keys alike.")
    return tuple(found)


def _key(word: str, where: str) -> Key:
    id, _, text = word.partition(":")
    try:
        secret = base64.b64decode(text, validate=True)
    except ValueError:
        secret = b""
    if not _ID.fullmatch(id) or len(secret) != KEY_BYTES:
        raise BadSetting(
            f"{where} holds something that is no key. Write each as ID:KEY, the key as 32 bytes in base64;"
            " `openssl rand -base64 32` makes one."
        )
    return Key(id, secret)


def new_key() -> Key:
    return Key(secrets.token_hex(4), secrets.token_bytes(KEY_BYTES))


def keep(path: Path, found: Sequence[Key]) -> None:
    """Write the key file, for its owner only; a reader sees the one before or this one, whole."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _write(beside, found)
    os.replace(beside, path)


def _make(path: Path) -> None:
    """A key file with its first key; where two make it at once, the first is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _write(beside, [new_key()])
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _write(path: Path, found: Sequence[Key]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("".join(f"{key}\n" for key in found))
        file.flush()
        os.fsync(file.fileno())
