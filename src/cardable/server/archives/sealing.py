"""The outer form of an archive: a stream of sealed blocks, or the plain stream where no key is given.

Each block is sealed with its number and whether it is the last, so that none can be changed, left out,
moved or cut off without the next reader noticing.
"""

import base64
import io
import os
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cardable.server.environment import Refused

PLAIN, SEALED = b"CARDABLE ARCHIVE 1 PLAIN\n", b"CARDABLE ARCHIVE 1 SEALED\n"
KEY_BYTES, _SALT_BYTES, BLOCK = 32, 32, 1024 * 1024
_TAG_BYTES = 16


class Damaged(Refused):
    """The archive is not what was written, or the key is not the one it was sealed with."""


def key_in(path: Path) -> bytes:
    """The key in a file, 32 bytes in base64; raises Refused."""
    try:
        key = base64.b64decode(path.read_text().strip(), validate=True)
    except OSError as fault:
        raise Refused(f"The key file {path} cannot be read: {fault.strerror}.") from fault
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Refused(f"{path} holds no key. Make one with `openssl rand -base64 32 > {path}`.")
    return key


class Sealer(io.RawIOBase):
    """A file to write an archive's stream to; close it, or what was written cannot be read."""

    def __init__(self, file: BinaryIO, key: bytes | None) -> None:
        self._file, self._held, self._number = file, bytearray(), 0
        self._cipher: AESGCM | None = None
        if key is None:
            file.write(PLAIN)
            return
        salt = os.urandom(_SALT_BYTES)
        self._cipher = _cipher(key, salt)
        file.write(SEALED + salt)

    def writable(self) -> bool:
        return True

    def write(self, given: object) -> int:
        data = bytes(given)  # type: ignore[call-overload]
        if self._cipher is None:
            self._file.write(data)
            return len(data)
        self._held += data
        while len(self._held) > BLOCK:
            self._put(bytes(self._held[:BLOCK]), last=False)
            del self._held[:BLOCK]
        return len(data)

    def close(self) -> None:
        if not self.closed and self._cipher is not None:
            self._put(bytes(self._held), last=True)
        super().close()

    def _put(self, block: bytes, *, last: bool) -> None:
        assert self._cipher is not None
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), block, None))
        self._number += 1


class Opener(io.RawIOBase):
    """A file to read an archive's stream from; raises Damaged where it is not whole."""

    def __init__(self, file: BinaryIO, key: bytes | None) -> None:
        self._file, self._held, self._number, self._ended = file, b"", 0, False
        head = file.readline(len(SEALED))
        self._cipher: AESGCM | None = None
        if head == PLAIN:
            return
        if head != SEALED:
            raise Damaged("This file is no archive of Cardable.")
        if key is None:
            raise Refused("The archive is sealed. Name its key with --key-file.")
        self._cipher = _cipher(key, file.read(_SALT_BYTES))
        self._next = file.read(BLOCK + _TAG_BYTES)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._cipher is None:
            part = self._file.read(len(view))
        else:
            while not self._held and not self._ended:
                self._held = self._opened()
            part, self._held = self._held[: len(view)], self._held[len(view) :]
        view[: len(part)] = part
        return len(part)

    def _opened(self) -> bytes:
        assert self._cipher is not None
        block, self._next = self._next, self._file.read(BLOCK + _TAG_BYTES)
        self._ended = not self._next
        try:
            opened = self._cipher.decrypt(_nonce(self._number, self._ended), block, None)
        except (InvalidTag, ValueError) as fault:
            raise Damaged("The archive was changed or cut short, or this is not its key.") from fault
        self._number += 1
        return opened


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), KEY_BYTES, salt, b"cardable archive").derive(key)
    return AESGCM(derived)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
