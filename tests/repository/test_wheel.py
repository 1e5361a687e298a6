"""The wheel holds all that the program needs."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def run(*command: object, folder: Path) -> str:
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an otherwise empty environment with the wheel in it.

    The dependencies are lent by a path entry, so that nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    run("git", "clone", "-q", "--no-hardlinks", ROOT, source, folder=folder)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    quiet = ("-q", "--no-index", "--no-deps")
    run(*pip, "wheel", *quiet, "--no-build-isolation", "--wheel-dir", folder, source, folder=folder)
    venv.create(folder / "env", with_pip=False)
    packages = next((folder / "env" / "lib").glob("python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
    (wheel,) = folder.glob("cardable-*.whl")
    python = folder / "env" / "bin" / "python"
    run(*pip, "--python", python, "install", *quiet, wheel, folder=folder)
    return python.parent


def test_an_installed_wheel_analyzes_the_example(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import cardable; print(cardable.__file__)", folder=tmp_path)
    assert Path(where).is_relative_to(installed.parent)
    run(installed / "cardable", "example", "files", folder=tmp_path)
    run(installed / "cardable", "analyze", "files", "--out", "reports", "--company", "hfg", folder=tmp_path)
    assert {path.suffix for path in (tmp_path / "reports").iterdir()} >= {".xlsx", ".pptx", ".zip", ".json"}


def test_the_wheel_holds_every_file_of_the_package(installed: Path) -> None:
    there = next((installed.parent / "lib").glob("python*/site-packages")) / "cardable"
    source = installed.parent.parent / "source" / "src" / "cardable"
    files = [
        path.relative_to(source)
        for path in source.rglob("*")
        if path.is_file() and path.suffix != ".po"  # translations are read from what they compile to
    ]
    assert [name for name in files if not (there / name).exists()] == []
