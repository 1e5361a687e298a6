"""Runs with the figures of Harbor Foods, as the job would leave them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cardable.metrics import Analysis
from tests.examples import PARAMETERS, PERIOD, RUN_DATE, harbor_foods, imported_dates

if TYPE_CHECKING:
    from cardable.metrics import Customer, Period
    from cardable.server.companies.models import Company
    from cardable.server.insights.models import ReportRun

FILES = {
    "spend-analysis": "HarborFoods_SpendAnalysis_2026-07-01.xlsx",
    "spend-summary": "HarborFoods_SpendSummary_2026-07-01.pptx",
    "bundle": "HarborFoods_SpendReports_2026-07-01.zip",
}


def make_run(
    company: Company, *, customer: Customer | None = None, period: Period = PERIOD, **more: Any
) -> ReportRun:
    """A complete run whose figures are Harbor Foods', or another customer's."""
    from cardable.server import storage

    run = begin_run(company, status="Complete", **more)
    if customer is None:
        storage.put_folder(run.storage_prefix, _harbor_figures(period))
    else:
        with tempfile.TemporaryDirectory() as folder:
            _write_figures(customer, Path(folder), period)
            storage.put_folder(run.storage_prefix, Path(folder))
    _keep_files(run)
    return run


def begin_run(
    company: Company, *, status: str = "InProgress", kind: str = "spendAnalysis", reason: str = ""
) -> ReportRun:
    """A run in any state, and what the company says of it."""
    from cardable.server.companies.folders import run_folder
    from cardable.server.insights.models import ReportRun
    from cardable.server.insights.runs import show_status
    from cardable.server.tenancy import acting_for

    with acting_for(company.organization_id):
        run = ReportRun(
            organization_id=company.organization_id,
            company=company,
            kind=kind,
            status=status,
            reason=reason,
            run_date=RUN_DATE,
            period_start=PERIOD.start,
            period_end=PERIOD.end,
        )
        run.storage_prefix = run_folder(company.organization_id, company.id, run.id)
        run.save(force_insert=True)
        show_status(company)
    return run


def named(customer: Customer, *names: str, **more: Any) -> Customer:
    """The customer with its entities under other names."""
    entities = tuple(replace(each, name=name) for each, name in zip(customer.entities, names, strict=True))
    return replace(customer, entities=entities, **more)


@cache
def _harbor_figures(period: Period) -> Path:
    """The figures of the worked example, worked out once for all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="cardable-harbor-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _write_figures(harbor_foods(folder / "books"), folder / "run", period)
    return folder / "run"


def _write_figures(customer: Customer, folder: Path, period: Period) -> None:
    from cardable.server.insights.tables import write_figures

    run_date: date = RUN_DATE
    with Analysis(customer, period, run_date, PARAMETERS, imported_dates()) as analysis:
        write_figures(analysis.run(), folder / "figures", [])


def _keep_files(run: ReportRun) -> None:
    from cardable.server import storage
    from cardable.server.insights.models import ReportFile
    from cardable.server.tenancy import acting_for

    with acting_for(run.organization_id):
        for report, name in FILES.items():
            key = f"{run.storage_prefix}/{name}"
            storage.put(key, [f"the {report}".encode()])
            ReportFile.objects.create(
                organization_id=run.organization_id,
                run=run,
                report=report,
                file_name=name,
                storage_key=key,
                bytes=len(f"the {report}"),
            )


def payments_only(customer: Customer, folder: Path, *supplier_names: str) -> Customer:
    """The customer with nothing but suppliers and payments, the first suppliers under other names."""
    from cardable import snapshots
    from cardable.records import BillPayment, Supplier

    entities = []
    for entity in customer.entities:
        given = list(supplier_names)
        suppliers = [
            replace(each, supplier_name=given.pop() if given else each.supplier_name)
            for each in entity.snapshot.read(Supplier)
        ]
        kept = {Supplier: suppliers, BillPayment: entity.snapshot.read(BillPayment)}
        written = snapshots.write(folder / f"only-{entity.id}", kept, as_of=PERIOD.end)
        entities.append(replace(entity, snapshot=written))
    return replace(customer, entities=tuple(entities))
