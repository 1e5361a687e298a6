"""A folder and an S3 bucket keep files alike: whole or not at all, and gone when they are deleted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cardable.server import storage

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that speaks S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def _kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "bucket":
        _use_bucket(request.getfixturevalue("s3"), monkeypatch)
    else:
        monkeypatch.setenv("CARDABLE_STORAGE_URL", (tmp_path / "storage").as_uri())
    storage._store.cache_clear()
    yield
    storage._store.cache_clear()


def _use_bucket(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    for name, value in {
        "AWS_ACCESS_KEY_ID": "tests",
        "AWS_SECRET_ACCESS_KEY": "tests",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "CARDABLE_STORAGE_URL": "s3://cardable/kept",
    }.items():
        monkeypatch.setenv(name, value)
    bucket = boto3.resource("s3", region_name="us-east-1", endpoint_url=address).Bucket("cardable")
    bucket.create()
    bucket.objects.delete()


pytestmark = pytest.mark.usefixtures("_kept")


def read(key: str) -> bytes:
    return b"".join(storage.chunks(key))


def test_what_is_streamed_in_comes_out_whole() -> None:
    storage.put("a/large", (bytes([number]) * MEGABYTE for number in range(12)))
    assert read("a/large") == b"".join(bytes([number]) * MEGABYTE for number in range(12))


@pytest.mark.parametrize("size", [0, 5, 5 * MEGABYTE, 5 * MEGABYTE + 1])
def test_any_size_may_be_kept(size: int) -> None:
    storage.put("a/some", [b"x" * size])
    assert len(read("a/some")) == size


def test_a_stream_that_breaks_leaves_nothing() -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * 6 * MEGABYTE
        raise ConnectionResetError("the customer went away")

    with pytest.raises(Exception, match="went away"):
        storage.put("a/broken", broken())
    assert storage.keys("a") == []


def test_a_missing_key_says_so() -> None:
    with pytest.raises(FileNotFoundError):
        read("a/missing")


def test_deleting_a_prefix_takes_all_below_it_and_nothing_beside_it() -> None:
    for key in ("a/one", "a/deep/two", "ab/three"):
        storage.put(key, [b"kept"])
    storage.delete("a")
    storage.delete("a")
    assert storage.keys("a") == []
    assert read("ab/three") == b"kept"


def test_deleting_one_file_leaves_the_others() -> None:
    for key in ("a/one", "a/one.more"):
        storage.put(key, [b"kept"])
    storage.delete_file("a/one")
    storage.delete_file("a/one")
    assert storage.keys("a") == ["a/one.more"]


def test_a_folder_is_kept_and_taken_out_again(tmp_path: Path) -> None:
    (tmp_path / "in/deep").mkdir(parents=True)
    (tmp_path / "in/deep/file.txt").write_text("kept")
    storage.put_folder("a/folder", tmp_path / "in")
    with storage.checked_out("a/folder") as folder:
        assert (folder / "deep/file.txt").read_text() == "kept"


def test_a_storage_that_answers_passes_its_check() -> None:
    storage.check()
