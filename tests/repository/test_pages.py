"""What the pages say is so: commands exist, links lead somewhere, dependencies have their reasons."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

import cardable
from cardable.metrics import load_parameters

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if path.name != "DEVELOPERS.md"
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
MAKE_TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands(program: str) -> list[tuple[str, str]]:
    """Each command line of a program in the code blocks of the pages, with the page it is on."""
    return [
        (page.relative_to(ROOT).as_posix(), line)
        for page in PAGES
        for block in re.findall(r"```console\n(.*?)```", page.read_text(), re.DOTALL)
        for line in block.splitlines()
        if line.startswith(f"{program} ")
    ]


@pytest.mark.parametrize(("page", "line"), commands("cardable"))
def test_a_cardable_command_on_a_page_can_be_typed(page: str, line: str) -> None:
    from cardable.cli.arguments import parser

    parser().parse_args(shlex.split(line, comments=True)[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_make_targets_named_on_a_page_exist(page: Path) -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(), re.MULTILINE))
    assert named <= MAKE_TARGETS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_on_a_page_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    missing = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert missing == []


def test_settings_on_a_page_are_read(tmp_path: Path) -> None:
    page = (ROOT / "docs/howto/settings.md").read_text()
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    for number, block in enumerate(blocks):
        path = tmp_path / f"{number}.toml"
        path.write_text(block)
        load_parameters(path)
    assert len(blocks) >= 4


def test_each_chore_is_described() -> None:
    described = re.findall(r"^([a-z]+):.*## \w", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(described) == MAKE_TARGETS


def test_the_changelog_has_the_current_version() -> None:
    assert f"## {cardable.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_package_and_the_project_name_one_version() -> None:
    assert cardable.__version__ == PROJECT["version"]


def test_each_dependency_is_justified() -> None:
    names = [re.split(r"[^\w-]", dependency)[0] for dependency in PROJECT["dependencies"]]
    assert [name for name in names if not (ROOT / f"docs/why/{name}.md").exists()] == []
    assert len(names) <= 12


def test_each_why_page_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text()
    assert [page.name for page in (ROOT / "docs/why").glob("*.md") if f"why/{page.name}" not in index] == []
