"""Harbor Foods, analysed once for all tests that only read it."""

import pytest

from cardable.metrics import Analysis
from tests.examples import PARAMETERS, PERIOD, RUN_DATE, harbor_foods, imported_dates


@pytest.fixture(scope="session")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    customer = harbor_foods(tmp_path_factory.mktemp("harbor"))
    return Analysis(customer, PERIOD, RUN_DATE, PARAMETERS, imported_dates()).run()
