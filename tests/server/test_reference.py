"""The page on the server's settings is what the code declares and reads."""

import inspect
import re
from pathlib import Path

from cardable.server import environment, reference
from cardable.server.environment import VARIABLES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / reference.NAME


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == reference.page(), "stale: run `make docs`"


def test_every_variable_that_is_read_is_declared_and_the_other_way_round() -> None:
    read = set(re.findall(r'values\.get\("([A-Z_]+)"', inspect.getsource(environment)))
    assert {each.name for each in VARIABLES} == read


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    assert reference.main([str(tmp_path)]) == 0
    assert (tmp_path / reference.NAME).read_text("utf-8") == reference.page()
