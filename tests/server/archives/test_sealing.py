"""A sealed archive opens whole, with its key, or not at all."""

import base64
import io
import os
from pathlib import Path

import pytest

from cardable.server.archives.sealing import BLOCK, Damaged, Opener, Sealer, key_in
from cardable.server.environment import Refused

KEY = bytes(range(32))
SIZES = pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])


def sealed(data: bytes, key: bytes | None = KEY) -> bytes:
    file = io.BytesIO()
    with Sealer(file, key) as sealer:
        for start in range(0, len(data), 300_000):
            sealer.write(data[start : start + 300_000])
    return file.getvalue()


def opened(data: bytes, key: bytes | None = KEY) -> bytes:
    return Opener(io.BytesIO(data), key).readall() or b""


@SIZES
@pytest.mark.parametrize("key", [KEY, None])
def test_what_was_written_is_read(size: int, key: bytes | None) -> None:
    data = os.urandom(size)
    assert opened(sealed(data, key), key) == data


def test_a_sealed_archive_tells_nothing() -> None:
    assert b"Harbor Foods" not in sealed(b"Harbor Foods" * 100)


@SIZES
def test_an_archive_cut_short_at_any_block_does_not_open(size: int) -> None:
    whole = sealed(os.urandom(size))
    for end in {len(whole) - 1, len(whole) - 17, len(whole) - BLOCK - 16, 60}:
        if 0 < end < len(whole):
            with pytest.raises(Damaged):
                opened(whole[:end])


def test_blocks_that_changed_places_do_not_open() -> None:
    whole = sealed(os.urandom(3 * BLOCK))
    head, block = len(whole) - 3 * (BLOCK + 16), BLOCK + 16
    first, second, last = (whole[head + n * block : head + (n + 1) * block] for n in range(3))
    with pytest.raises(Damaged):
        opened(whole[:head] + second + first + last)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Damaged, match="not its key"):
        opened(sealed(b"rows"), bytes(32))


def test_without_its_key_a_sealed_archive_asks_for_it() -> None:
    with pytest.raises(Refused, match="--key-file"):
        opened(sealed(b"rows"), None)


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(bytes(16)).decode()])
def test_a_key_file_without_a_key_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    path.write_text(text)
    with pytest.raises(Refused, match="openssl rand"):
        key_in(path)


def test_a_key_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "backup.key"
    path.write_text(base64.b64encode(KEY).decode() + "\n")
    assert key_in(path) == KEY
    with pytest.raises(Refused, match="cannot be read"):
        key_in(tmp_path / "nowhere")
