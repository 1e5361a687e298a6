"""What holds of every file of the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".sql", ".md", ".toml", ".lock", ".csv", ".json", ".txt", ".yml", ""}
# Written in two halves, so that this file does not name what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        [
            "/" + "work/",
            "/" + "opt/",
            "/" + "home/",
            "/" + "Users/[a-z]",
            "pypi" + r"\.org",
            "python" + "hosted",
        ]
    )
)


def tracked() -> list[Path]:
    """The files git knows, or where there is no git all that look like sources."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        folders = [ROOT / name for name in ("src", "tests", "bench", "docs")]
        return [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in map(ROOT.joinpath, listed.stdout.splitlines()) if path.is_file()]


FILES = tracked()
MODULES = [path for path in FILES if path.suffix in {".py", ".sql"}]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def test_no_file_names_a_machine_or_an_index() -> None:
    texts = [path for path in FILES if path.suffix in TEXT and path.name != "LICENSE"]
    found = {str(path.relative_to(ROOT)): FORBIDDEN.findall(text_of(path)) for path in texts}
    assert {name: hits for name, hits in found.items() if hits} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_is_longer_than_400_lines(path: Path) -> None:
    assert len(text_of(path).splitlines()) <= 400


def test_each_package_says_what_it_is() -> None:
    packages = [path for path in MODULES if path.name == "__init__.py" and "src" in path.parts]
    packages = [path for path in packages if path.parent.name not in ("migrations", "templatetags")]
    assert [path for path in packages if not text_of(path).startswith('"""')] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "misc", "core", "base", "manager", "service"}
    assert [path for path in MODULES if path.stem in empty or path.parent.name in empty] == []


def test_large_files_stay_out() -> None:
    assert [path.name for path in FILES if path.stat().st_size > 1_000_000] == []
