"""A restore drill: everything is lost, the archive is put back, and the instance is as it was."""

import base64
import dataclasses
import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from cardable.server import storage
from cardable.server.archives import reading
from cardable.server.archives.reading import missing_files, need_room, restore, verified
from cardable.server.archives.sealing import PLAIN, Damaged
from cardable.server.archives.tables import tables
from cardable.server.archives.writing import write
from cardable.server.audit.chain import link, verify
from cardable.server.companies.changes import create_company, delete_company
from cardable.server.companies.models import Company
from cardable.server.environment import Refused
from cardable.server.organizations.models import Member, Organization
from cardable.server.secrets import seal, unseal
from cardable.server.tenancy import acting_for
from tests.server.bringing import SMALL, bring, connect, stored, work
from tests.server.conftest import client_of
from tests.server.served import Served, cardable

KEY = bytes(range(32))
pytestmark = pytest.mark.usefixtures("database", "static_files", "ready_reports")


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys of this test alone."""
    path = tmp_path / "keys"
    own = dataclasses.replace(settings.ENVIRONMENT, keys=None, key_file=path)
    monkeypatch.setattr(settings, "ENVIRONMENT", own)
    return path


@pytest.fixture
def held(organization: Organization, member: Member, company: Company) -> Company:
    """Harbor Foods with data, reports and an audit log."""
    bring(connect(company), SMALL)
    work("syncs.read_uploads", "insights.generate")
    client_of(member).get(f"/companies/{company.id}/")
    link(organization.id)
    return company


def rows() -> dict[str, list[str]]:
    """Every row of every table that is kept, as text."""
    with psycopg.connect(settings.ENVIRONMENT.database_url) as connection, connection.cursor() as cursor:
        found = {}
        for name in tables(cursor):
            if not name.startswith("procrastinate_"):
                cursor.execute(sql.SQL("select t::text from {} t order by 1").format(sql.Identifier(name)))
                found[name] = [text for (text,) in cursor.fetchall()]
        return found


def files() -> dict[str, bytes]:
    return {key: b"".join(storage.chunks(key)) for key in stored()}


def lose_everything() -> None:
    reading._empty()


def test_what_was_lost_comes_back_as_it_was(
    held: Company, member: Member, tmp_path: Path, key_file: Path
) -> None:
    sealed = seal(b"seed", context="x:1")
    before, kept = rows(), files()
    write(tmp_path / "all.archive", KEY)
    key_file.unlink()
    lose_everything()
    restore(verified(tmp_path / "all.archive", KEY))
    assert (rows(), files(), missing_files()) == (before, kept, [])
    assert unseal(sealed, context="x:1") == b"seed"
    # The audit log goes on where it was, and its chain is whole.
    assert client_of(member).get(f"/companies/{held.id}/").status_code == 200
    assert verify(held.organization_id).faults == ()


def test_a_company_deleted_meanwhile_does_not_come_back_without_its_files(
    held: Company, organization: Organization, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_for(organization.id):
        going = create_company(organization, name="Going")
    bring(connect(going), SMALL)
    everything = storage.every_key

    def meanwhile() -> Iterator[str]:
        with acting_for(organization.id):
            delete_company(Company.objects.get(id=going.id))
        work("companies.delete")
        return everything()

    monkeypatch.setattr(storage, "every_key", meanwhile)
    write(tmp_path / "all.archive", KEY)
    monkeypatch.undo()
    lose_everything()
    restore(verified(tmp_path / "all.archive", KEY))
    with acting_for(organization.id):
        assert list(Company.objects.values_list("name", flat=True)) == ["Harbor Foods"]
    assert missing_files() == []


def test_a_filled_instance_is_not_overwritten_by_mistake(held: Company) -> None:
    with pytest.raises(Refused, match="1 organizations"):
        need_room(replace=False)
    need_room(replace=True)


def test_nothing_is_put_back_while_a_worker_works(organization: Organization) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select procrastinate_register_worker_v1()")
    with pytest.raises(Refused, match="Stop every"):
        need_room(replace=True)


def parts(path: Path) -> dict[str, bytes]:
    whole = gzip.decompress(path.read_bytes().removeprefix(PLAIN))
    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        return {info.name: archive.extractfile(info).read() for info in archive}  # type: ignore[union-attr]


def packed(path: Path, entries: dict[str, bytes]) -> Path:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    path.write_bytes(PLAIN + gzip.compress(buffer.getvalue()))
    return path


@pytest.fixture
def plain(held: Company, tmp_path: Path) -> Path:
    """An archive that is not sealed."""
    made = write(tmp_path / "plain.archive", None)
    assert not made.has_keys
    return tmp_path / "plain.archive"


def test_a_changed_a_missing_and_an_added_part_are_found(plain: Path, tmp_path: Path) -> None:
    whole = parts(plain)
    upload = next(name for name in whole if "/uploads/" in name)
    for entries in (
        whole | {upload: whole[upload][:-1] + b"?"},
        {name: data for name, data in whole.items() if name != upload},
        whole | {"files/more": b""},
        {name: data for name, data in whole.items() if name != "manifest.json"},
    ):
        with pytest.raises(Damaged):
            verified(packed(tmp_path / "touched.archive", entries), None)
    assert verified(packed(tmp_path / "same.archive", whole), None).files == len(stored())


def test_an_archive_cut_short_is_refused(plain: Path) -> None:
    whole = plain.read_bytes()
    for end in (10, len(PLAIN), len(whole) // 2, len(whole) - 1):
        plain.write_bytes(whole[:end])
        with pytest.raises(Damaged):
            verified(plain, None)


def test_an_archive_of_a_later_release_is_refused(plain: Path, tmp_path: Path) -> None:
    whole = parts(plain)
    about: dict[str, Any] = json.loads(whole["about.json"])
    about["migrations"].append(["companies", "9999_from_the_future"])
    later = whole | {"about.json": json.dumps(about).encode()}
    manifest = json.loads(whole["manifest.json"])
    hash = hashlib.sha256(later["about.json"]).hexdigest()
    manifest["about.json"] = {"bytes": len(later["about.json"]), "sha256": hash}
    later["manifest.json"] = json.dumps(manifest).encode()
    with pytest.raises(Refused, match="later than this one"):
        verified(packed(tmp_path / "later.archive", later), None)


def test_an_archive_never_replaces_a_file_and_leaves_no_half(
    held: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.archive"
    path.write_text("something else")
    with pytest.raises(Refused, match="exists already"):
        write(path, None)

    def fail(key: str) -> Iterator[bytes]:
        raise OSError("storage is away")

    monkeypatch.setattr(storage, "chunks", fail)
    with pytest.raises(OSError, match="away"):
        write(tmp_path / "other.archive", None)
    assert sorted(each.name for each in tmp_path.iterdir() if "archive" in each.name) == ["all.archive"]


def test_a_running_server_is_backed_up_and_restored_elsewhere(served: Served, tmp_path: Path) -> None:
    """The commands as an operator types them; the new instance knows the administrator of the old."""
    key, archive, new = tmp_path / "backup.key", tmp_path / "all.archive", served.data.parent / "restored"
    key.write_text(base64.b64encode(KEY).decode())
    assert served.run("backup", str(archive), "--key-file", str(key)).returncode == 0
    checked = served.run("restore", str(archive), "--key-file", str(key), "--check")
    assert (checked.returncode, "is whole" in checked.stdout) == (0, True), checked.stderr
    refused = cardable("restore", str(archive), "--data", str(new))
    assert (refused.returncode, "--key-file" in refused.stderr) == (2, True)
    done = cardable("restore", str(archive), "--key-file", str(key), "--data", str(new))
    assert (done.returncode, "Everybody signs in again" in done.stdout) == (0, True), done.stderr
    again = cardable("restore", str(archive), "--key-file", str(key), "--data", str(new))
    assert (again.returncode, "add --replace" in again.stderr) == (2, True)
    whole = cardable("verify-audit", "--data", str(new))
    assert (whole.returncode, "Demo Bank: whole" in whole.stdout) == (0, True), whole.stdout
