"""Harbor Foods, analysed once for all tests that only read it."""

from collections.abc import Iterator

import pytest

from cardable.metrics import Analysis
from tests.examples import PARAMETERS, PERIOD, RUN_DATE, harbor_foods, imported_dates
from tests.metrics.books import OPENED


@pytest.fixture(scope="session")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analysis]:
    customer = harbor_foods(tmp_path_factory.mktemp("harbor"))
    with Analysis(customer, PERIOD, RUN_DATE, PARAMETERS, imported_dates()) as analysis:
        yield analysis.run()


@pytest.fixture(scope="session", autouse=True)
def _closed() -> Iterator[None]:
    yield
    for analysis in OPENED:
        analysis.close()
