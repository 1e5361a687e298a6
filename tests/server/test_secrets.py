"""Secrets at rest open only with our keys, only in their own row, and only unchanged."""

import base64
import dataclasses
import stat
import threading
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from cardable.server import rotation, secrets
from cardable.server.environment import BadSetting
from cardable.server.secrets import CannotUnseal, keys, seal, seal_text, unseal, unseal_text

HERE = "people.secondfactor.seed:1"


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file of this test alone."""
    path = tmp_path / "keys"
    own = dataclasses.replace(settings.ENVIRONMENT, keys=None, key_file=path)
    monkeypatch.setattr(settings, "ENVIRONMENT", own)
    return path


def test_a_sealed_value_opens_in_its_own_context() -> None:
    sealed = seal(b"JBSWY3DPEHPK3PXP", context=HERE)
    assert b"JBSWY3DP" not in sealed
    assert unseal(sealed, context=HERE) == b"JBSWY3DPEHPK3PXP"
    assert unseal_text(seal_text("Zaunkönig", context=HERE), context=HERE) == "Zaunkönig"


def test_the_same_value_is_never_sealed_alike() -> None:
    assert seal(b"x", context=HERE) != seal(b"x", context=HERE)


def test_a_value_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(CannotUnseal, match="changed or moved"):
        unseal(seal(b"seed", context=HERE), context="people.secondfactor.seed:2")


def test_no_changed_byte_opens() -> None:
    sealed = seal(b"seed", context=HERE)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CannotUnseal):
            unseal(bytes(changed), context=HERE)


@pytest.mark.parametrize("cut", range(8))
def test_a_value_cut_short_does_not_open(cut: int) -> None:
    with pytest.raises(CannotUnseal):
        unseal(seal(b"seed", context=HERE)[:cut], context=HERE)


def test_the_key_file_is_made_once_for_its_owner_only(key_file: Path) -> None:
    made = {keys() for _ in range(3)}
    assert len(made) == 1
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["keys"]


def test_keys_of_the_environment_come_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    given = f"new:{base64.b64encode(bytes(32)).decode()}, old:{base64.b64encode(bytes([1] * 32)).decode()}"
    monkeypatch.setattr(settings, "ENVIRONMENT", dataclasses.replace(settings.ENVIRONMENT, keys=given))
    assert [key.id for key in keys()] == ["new", "old"]


@pytest.mark.parametrize("text", ["", "only-an-id", "id:c2hvcnQ=", "a b:c", "i?d:" + "A" * 43 + "="])
def test_what_is_no_key_is_refused_without_telling_it(text: str) -> None:
    with pytest.raises(BadSetting) as refused:
        secrets.parsed([text], "CARDABLE_KEYS")
    assert not text or text not in str(refused.value)


def test_a_key_never_shows_itself() -> None:
    key = keys()[0]
    assert base64.b64encode(key.secret).decode() not in repr(key)
    assert str(list(key.secret)) not in repr(key)


@pytest.fixture
def kept_elsewhere(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Sealed values that no table holds, by their context."""
    values = {f"x:{uuid.uuid4()}": b"" for _ in range(20)}
    values.update({context: seal(context.encode(), context=context) for context in values})

    def anew(reseal: "object") -> int:
        assert callable(reseal)
        for context, sealed in list(values.items()):
            values[context] = reseal(sealed, context)
        return len(values)

    monkeypatch.setattr(rotation, "_elsewhere", [anew])
    return values


@pytest.mark.usefixtures("database")
def test_rotation_seals_everything_anew_and_earlier_values_still_open(
    kept_elsewhere: dict[str, bytes],
) -> None:
    before = seal(b"of a backup", context=HERE)
    old = keys()[0]
    done = rotation.rotate()
    assert (done.sealed_anew, done.dropped) == (20, ())
    assert keys()[1:] == (old,)
    for context, sealed in kept_elsewhere.items():
        assert secrets.is_sealed_with_first_key(sealed)
        assert unseal(sealed, context=context) == context.encode()
    assert unseal(before, context=HERE) == b"of a backup"


@pytest.mark.usefixtures("database", "kept_elsewhere")
def test_dropped_keys_open_nothing_any_more() -> None:
    before = seal(b"old", context=HERE)
    assert len(rotation.rotate(drop_old=True).dropped) == 1
    with pytest.raises(CannotUnseal, match="no key"):
        unseal(before, context=HERE)


@pytest.mark.usefixtures("database", "kept_elsewhere")
def test_secrets_open_all_the_while_keys_are_rotated() -> None:
    sealed, faults, stop = seal(b"in use", context=HERE), list[Exception](), threading.Event()

    def use() -> None:
        while not stop.is_set():
            try:
                assert unseal(sealed, context=HERE) == b"in use"
                assert unseal(seal(b"new", context=HERE), context=HERE) == b"new"
            except Exception as fault:
                faults.append(fault)

    user = threading.Thread(target=use)
    user.start()
    for _ in range(5):
        rotation.rotate()
    stop.set()
    user.join()
    assert faults == []
    assert len(keys()) == 6
