"""What every test may ask for."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reader import Lasting

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden reports anew")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.sharing import ByModule

    return ByModule(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        from tests.sharing import in_order

        items[:] = in_order(items)


def pytest_collection_finish(session: pytest.Session) -> None:
    # Thousands of tests and modules stay to the end: the collector need not walk through them each time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_sessionfinish(session: pytest.Session) -> None:
    # The database's library complains at the end of what the collector never looked at.
    gc.unfreeze()
    gc.collect()


class Golden:
    """Reports written out as text, compared with what was last accepted."""

    def __init__(self, update: bool) -> None:
        self._update = update

    def check(self, name: str, text: str) -> None:
        """Compare the text with the golden file of this name, or write it there when asked to."""
        path = GOLDEN / name
        if self._update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"no {name}: run `make golden`, then read it"
        assert text == path.read_text("utf-8"), f"{name} differs: run `make golden`, then read the difference"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(bool(request.config.getoption("--update-golden")))


@pytest.fixture(scope="session")
def _lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lasting]:
    lasting = Lasting(tmp_path_factory.mktemp("reader"))
    yield lasting
    lasting.stop()


@pytest.fixture
def reading_process(_lasting: Lasting) -> Iterator[None]:
    """Files are read by a process that is there already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cardable.intake.reading.Supervisor", _lasting)
        yield
