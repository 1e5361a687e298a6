"""Figures read from Parquet: from storage itself, or from copies that do not stay; and from nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.server.portal.runs import make_run

if TYPE_CHECKING:
    from cardable.server.companies.models import Company
    from cardable.server.insights.figures import Figures


@pytest.fixture
def figures(company: Company) -> Figures:
    from cardable.server.insights.figures import Figures

    return Figures(make_run(company).storage_prefix)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Storage that is no folder of this machine."""
    from cardable.server.insights import copies, figures

    monkeypatch.setattr(copies, "storage_folder", lambda: None)
    # The process's DuckDB may read where storage was when it was opened.
    figures._database.cache_clear()
    yield
    copies.sweep(kept_seconds=0)
    figures._database.cache_clear()


def test_figures_are_read_through_a_copy_where_storage_is_elsewhere(
    figures: Figures, elsewhere: None
) -> None:
    assert figures.totals().suppliers_count == 8


def test_copies_nobody_reads_go(figures: Figures, elsewhere: None) -> None:
    from cardable.server.insights import copies

    path = copies.readable(f"{figures.prefix}/figures/customer_row.parquet")
    copies.sweep(kept_seconds=3600)
    assert path.exists()
    copies.sweep(kept_seconds=0)
    assert not path.exists()


def test_figures_that_are_gone_are_said_to_be(figures: Figures) -> None:
    from cardable.server import storage
    from cardable.server.insights.figures import NoFigures

    storage.delete(figures.prefix)
    with pytest.raises(NoFigures):
        figures.totals()


def test_no_other_file_can_be_read(figures: Figures, tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    duckdb.connect().sql("select 1 as a").write_parquet(str(other))
    question = f"select * from warnings, '{other}'"  # noqa: S608
    with pytest.raises(duckdb.PermissionException), figures.answer(question):
        pass
