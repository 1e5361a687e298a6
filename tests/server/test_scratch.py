"""Work files go with the process that made them."""

import tempfile
from pathlib import Path

import pytest

from cardable.server.scratch import own_scratch


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_temporary_files_lie_in_a_folder_that_goes_at_the_end(place: Path) -> None:
    with own_scratch() as scratch:
        assert Path(tempfile.mkdtemp()).parent == scratch
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_behind_goes_with_the_next(place: Path) -> None:
    left = place / "cardable-work-left"
    left.mkdir()
    (left / ".held").touch()
    with own_scratch():
        assert not left.exists()


def test_a_folder_in_use_or_of_another_kind_stays(place: Path) -> None:
    (place / "elsewhere").mkdir()
    (place / "cardable-work-link").symlink_to(place / "elsewhere")
    with own_scratch() as first:
        tempfile.tempdir = str(place)
        with own_scratch():
            assert first.exists()
    assert (place / "elsewhere").exists()
