"""What whoever runs a server types into a terminal."""

import io
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from cardable.cli import main
from cardable.server.companies.models import Company
from cardable.server.events.models import Event
from cardable.server.organizations.administrators import make_administrator, organization_named
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.conftest import DATA, PASSWORD, make_company
from tests.server.served import cardable

pytestmark = pytest.mark.usefixtures("database")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, given: str = "") -> int:
    """One command in this process, on the tests' own database."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))
    return main([*arguments, "--data", str(DATA)])


def administrators(name: str) -> list[str]:
    organization = organization_named(name)
    assert organization
    with acting_for(organization.id):
        found = Member.objects.filter(role="Administrator", is_active=True)
        return sorted(found.values_list("user__email", flat=True))


def create_admin(monkeypatch: pytest.MonkeyPatch, email: str, password: str = PASSWORD) -> int:
    where = ("--organization", "Banque Élan", "--email", email, "--password-stdin")
    return run(monkeypatch, "create-admin", *where, given=f"{password}\n")


def test_create_admin_makes_organization_and_administrator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create_admin(monkeypatch, "Ada@Elan.example") == 0
    assert administrators("Banque Élan") == ["ada@elan.example"]
    assert "The organization Banque Élan is new." in capsys.readouterr().out


def test_create_admin_asked_again_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [create_admin(monkeypatch, "ada@elan.example") for _ in range(2)] == [0, 0]
    assert administrators("Banque Élan") == ["ada@elan.example"]


def test_create_admin_lets_a_disabled_administrator_in_again(organization: Organization) -> None:
    make_administrator(organization.name, "ada@demo.bank", PASSWORD)
    with acting_for(organization.id):
        Member.objects.update(role="Analyst", is_active=False)
    make_administrator(organization.name, "ada@demo.bank", "another quiet harbour")
    assert administrators(organization.name) == ["ada@demo.bank"]


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("ada@elan.example", "short", "at least 12 characters"),
        ("ada@elan.example", "", "password is empty"),
        ("nobody", PASSWORD, "no e-mail address"),
        ("marsh@elan.example", "marsh is my name", "Leave out your e-mail name"),
        ("ada@elan.example", "in banque élan we trust", "Leave out your e-mail name"),
    ],
)
def test_create_admin_refuses_what_nobody_could_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], email: str, password: str, why: str
) -> None:
    assert create_admin(monkeypatch, email, password) == 2
    assert why in capsys.readouterr().err
    assert organization_named("Banque Élan") is None


def test_two_organizations_never_share_an_address() -> None:
    for name in ("Demo Bank", "Demo-Bank"):
        make_administrator(name, "ada@demo.example", PASSWORD)
    slugs = Organization.objects.using("owner").values_list("slug", flat=True)
    assert sorted(slugs) == ["demo-bank", "demo-bank-2"]


def import_companies(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> int:
    file = folder / "companies.csv"
    file.write_text(text, "utf-8")
    return run(monkeypatch, "import-companies", str(file), "--organization", "Demo Bank")


def companies(organization: Organization) -> dict[str, Company]:
    with acting_for(organization.id):
        return {company.name: company for company in Company.objects.select_related("parent")}


def test_companies_are_imported_with_parents_in_any_order_and_tags(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, organization: Organization
) -> None:
    make_company(organization, "Holding")
    text = (
        "Name,description,parent,tags,tag:Tier\n"
        "Harbor East,,Harbor Foods,region=East; key,A\n"
        'Harbor Foods,"Since 1990, on file",holding,,\n'
    )
    assert import_companies(monkeypatch, tmp_path, text) == 0
    found = companies(organization)
    east, harbor = found["Harbor East"], found["Harbor Foods"]
    assert (east.parent, harbor.parent) == (harbor, found["Holding"])
    assert east.tags == {"region": "East", "key": "", "Tier": "A"}
    assert (harbor.description, harbor.children_count, found["Holding"].family_count) == (
        "Since 1990, on file", 1, 3,
    )  # fmt: skip
    with acting_for(organization.id):
        assert Event.objects.filter(kind="company.created").count() == 2


def test_a_file_with_any_fault_imports_nothing_and_names_every_row(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    organization: Organization,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "name;parent\nGood;\n???;\nOrphan;Nobody\nOne;Two\nTwo;One\nTwin;\nTwin;\nChild;Twin\n"
    assert import_companies(monkeypatch, tmp_path, text) == 2
    said = capsys.readouterr().err
    for row, words in ((3, "at least one letter"), (4, "No company is named"), (9, "2 companies are named")):
        assert f"companies.csv, row {row}: " in said
        assert words in said
    assert "would be its own parent" in said
    assert companies(organization) == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "has no column “name”"),
        ("company\nHarbor\n", "has no column “name”"),
        ("name,region\nHarbor,East\n", "“region” is no column of ours"),
        ("name,Name\nHarbor,Harbor\n", "names a column twice"),
    ],
)
def test_a_file_that_is_no_list_of_companies_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    organization: Organization,
    capsys: pytest.CaptureFixture[str],
    text: str,
    why: str,
) -> None:
    assert import_companies(monkeypatch, tmp_path, text) == 2
    assert why in capsys.readouterr().err


def test_companies_of_an_unknown_organization_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_companies(monkeypatch, tmp_path, "name\nHarbor\n") == 2
    assert "no organization “Demo Bank”" in capsys.readouterr().err


def test_check_says_that_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check") == 0
    said = capsys.readouterr().out
    assert [line.split(":")[0] for line in said.splitlines()] == ["settings", "database", "storage", "mail"]
    assert "at this release" in said


def test_check_of_an_empty_folder_makes_nothing(tmp_path: Path) -> None:
    checked = cardable("check", "--data", str(tmp_path / "data"))
    assert checked.returncode == 0, checked.stderr
    assert "`cardable serve` makes it there" in checked.stdout
    assert not (tmp_path / "data/postgres").exists()


@pytest.mark.parametrize(
    ("environment", "part", "remedy"),
    [
        ({"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "database: WRONG", "See that DATABASE_URL"),
        ({"CARDABLE_STORAGE_URL": "file:///proc/nowhere"}, "storage: WRONG", "See that CARDABLE_STORAGE_URL"),
        ({"CARDABLE_SMTP_URL": "smtp://127.0.0.1:1"}, "mail: WRONG", "See that CARDABLE_SMTP_URL"),
    ],
)
def test_check_says_what_is_wrong_and_what_to_do(
    tmp_path: Path, environment: dict[str, str], part: str, remedy: str
) -> None:
    checked = cardable("check", "--data", str(tmp_path / "data"), **environment)
    assert checked.returncode == 2
    assert part in checked.stdout
    assert remedy in checked.stdout


@pytest.mark.parametrize("command", ["web", "worker"])
def test_a_machine_of_a_fleet_must_be_told_what_it_shares(command: str, tmp_path: Path) -> None:
    started = cardable(command, "--data", str(tmp_path))
    assert started.returncode == 2
    assert "DATABASE_URL is not set" in started.stderr


def test_a_bad_setting_is_said_in_a_sentence(tmp_path: Path) -> None:
    checked = cardable("check", "--data", str(tmp_path), CARDABLE_BASE_URL="cards.example.com")
    assert (checked.returncode, checked.stdout) == (2, "")
    assert checked.stderr.startswith("cardable: CARDABLE_BASE_URL is “cards.example.com”")


def test_analyze_knows_nothing_of_the_server(tmp_path: Path) -> None:
    """Neither its modules nor what they need is loaded by the rest of the command line."""
    program = (
        "import sys; from cardable.cli import main\n"
        "try: main(['analyze', 'nothing.csv', '--out', 'out'])\n"
        "except SystemExit: pass\n"
        "ours = ('cardable.server', 'django', 'psycopg', 'procrastinate')\n"
        "print([name for name in sys.modules if name.startswith(ours)])"
    )
    said = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert said.stdout.splitlines()[-1:] == ["[]"], said.stderr


def test_without_its_parts_the_server_says_how_to_install_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cardable.cli import server

    def missing(name: str) -> Namespace:
        raise ModuleNotFoundError(f"No module named 'psycopg' for {name}", name="psycopg")

    monkeypatch.setattr(server, "import_module", missing)
    assert main(["serve"]) == 2
    assert "pip install 'cardable[server]'" in capsys.readouterr().err
