"""The bundle and its manifests: what is in them, and that equal runs make equal bytes."""

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cardable.metrics import Analysis
from cardable.reports._bundle import (
    Bundle,
    NothingToBundle,
    Outcome,
    bundle_name,
    write_bundle,
    write_folder_manifest,
)
from cardable.reports._identity import identity
from tests.reports.files import TableOfFile

FILES = (TableOfFile("/first/bills.csv", "ab12"), TableOfFile("/first/suppliers.csv", "cd34"))


def outcomes(folder: Path) -> tuple[Outcome, Outcome]:
    folder.mkdir(exist_ok=True)
    (folder / "HarborFoodsGroup_SpendAnalysis_2026-07-01.xlsx").write_bytes(b"workbook")
    made = Outcome(
        report="Spend Analysis",
        file_name="HarborFoodsGroup_SpendAnalysis_2026-07-01.xlsx",
        path=folder / "HarborFoodsGroup_SpendAnalysis_2026-07-01.xlsx",
    )
    failed = Outcome(
        report="Spend Summary",
        file_name="HarborFoodsGroup_SpendSummary_2026-07-01.pptx",
        reason="logo 'x.svg' cannot be read;\nbring a PNG or JPEG",
    )
    return made, failed


def bundled(analysis: Analysis, folder: Path, **given: object) -> Bundle:
    return write_bundle(analysis, folder / "bundle.zip", outcomes(folder), files=FILES, **given)  # type: ignore[arg-type]


def manifest(bundle: Bundle) -> list[str]:
    return zipfile.ZipFile(bundle.path).read("manifest.txt").decode().splitlines()


def test_the_bundle_holds_what_was_made(harbor: Analysis, tmp_path: Path) -> None:
    bundle = bundled(harbor, tmp_path)
    names = zipfile.ZipFile(bundle.path).namelist()
    assert names == ["manifest.txt", "HarborFoodsGroup_SpendAnalysis_2026-07-01.xlsx"]
    assert (bundle.included, bundle.total, bundle.is_partial) == (1, 2, True)


def test_the_manifest_names_the_run(harbor: Analysis, tmp_path: Path) -> None:
    run = identity(harbor, FILES)
    assert manifest(bundled(harbor, tmp_path))[:5] == [
        "Report type: spendAnalysis",
        f"Report ID: {run.report_id}",
        "Company ID: hfg",
        "Creation time (UTC): 2026-07-01T00:00:00Z",
        f"Correlation ID: {run.correlation_id}",
    ]


def test_every_expected_file_is_included_or_failed_with_time_and_reason(
    harbor: Analysis, tmp_path: Path
) -> None:
    included, failed = manifest(bundled(harbor, tmp_path))[6:]
    assert included.split() == [
        "INCLUDED",
        "2026-07-01T00:00:00Z",
        "HarborFoodsGroup_SpendAnalysis_2026-07-01.xlsx",
    ]
    assert failed.startswith(
        "FAILED    2026-07-01T00:00:00Z  HarborFoodsGroup_SpendSummary_2026-07-01.pptx  logo"
    )
    assert failed.endswith("cannot be read; bring a PNG or JPEG")


def test_the_creation_time_and_correlation_may_be_given(harbor: Analysis, tmp_path: Path) -> None:
    lines = manifest(
        bundled(harbor, tmp_path, created=datetime(2026, 7, 2, 9, 30, tzinfo=UTC), correlation_id="c-1")
    )
    assert lines[3:5] == ["Creation time (UTC): 2026-07-02T09:30:00Z", "Correlation ID: c-1"]


def test_nothing_made_is_no_bundle(harbor: Analysis, tmp_path: Path) -> None:
    with pytest.raises(NothingToBundle, match="none of 1 reports"):
        write_bundle(harbor, tmp_path / "bundle.zip", outcomes(tmp_path)[1:])
    assert not (tmp_path / "bundle.zip").exists()


def test_equal_runs_make_equal_bundles(harbor: Analysis, tmp_path: Path) -> None:
    one, two = (bundled(harbor, tmp_path / name).path.read_bytes() for name in ("one", "two"))
    assert one == two


def test_the_report_id_follows_from_what_went_in(harbor: Analysis) -> None:
    run = identity(harbor, FILES)
    moved = tuple(replace(each, file=each.file.replace("/first", "/second")) for each in reversed(FILES))
    assert identity(harbor, moved) == run
    assert identity(harbor, FILES[:1]).report_id != run.report_id
    assert run.report_id.version == 5


def test_the_bundle_is_named_for_company_and_run_date(harbor: Analysis) -> None:
    assert (
        bundle_name("Harbor Foods, Inc. (Group)", harbor.run_date)
        == "HarborFoodsIncGroup_SpendReports_2026-07-01.zip"
    )


def test_the_folder_manifest_ties_each_file_to_the_run(harbor: Analysis, tmp_path: Path) -> None:
    made, _ = outcomes(tmp_path)
    assert made.path
    write_folder_manifest(harbor, tmp_path / "manifest.json", [made.path], files=FILES)
    found = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert found["files"] == [
        {"name": made.file_name, "sha256": hashlib.sha256(b"workbook").hexdigest(), "bytes": 8}
    ]
    assert found["inputs"] == [
        {"name": "bills.csv", "sha256": "ab12"},
        {"name": "suppliers.csv", "sha256": "cd34"},
    ]
    assert (found["reportId"], found["runDate"]) == (str(identity(harbor, FILES).report_id), "2026-07-01")
    assert found["parameters"]["threshold"] == 500.00
