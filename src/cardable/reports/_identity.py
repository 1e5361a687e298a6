"""Which run made a report: ids that follow from what went in, so that a run repeated has them again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from cardable import __version__
from cardable.metrics import Analysis
from cardable.records import exact_json
from cardable.reports._values import camel

_NAMESPACE = uuid5(NAMESPACE_URL, "https://cardable.example/reports")


class TableOfFile(Protocol):
    """What came of one table of a file; `integrations` has it."""

    @property
    def file(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def read(self) -> int: ...
    @property
    def accepted(self) -> int: ...
    @property
    def rejected(self) -> int: ...
    @property
    def skipped(self) -> int: ...


@dataclass(frozen=True)
class Identity:
    """The ids of a run, and everything they follow from."""

    report_id: UUID
    correlation_id: UUID
    described: Mapping[str, Any]


def identity(analysis: Analysis, files: Iterable[TableOfFile] = ()) -> Identity:
    """What the run is known by: equal inputs, parameters, period, run date and version give equal ids."""
    described = {
        "type": "spendAnalysis",
        "companyId": analysis.customer.id,
        "companyName": analysis.customer.name,
        "startDate": analysis.period.start,
        "endDate": analysis.period.end,
        "monthsReviewed": analysis.period.months,
        "runDate": analysis.run_date,
        "version": __version__,
        "parameters": parameters(analysis),
        "inputs": [{"name": name, "sha256": digest} for name, digest in inputs(files)],
    }
    report_id = uuid5(_NAMESPACE, exact_json.dumps(described))
    return Identity(report_id, uuid5(report_id, "bundle"), described)


def inputs(files: Iterable[TableOfFile]) -> list[tuple[str, str]]:
    """The name and digest of each file, once."""
    return sorted({(PurePath(each.file).name, each.sha256) for each in files})


def parameters(analysis: Analysis) -> dict[str, Any]:
    """All parameters of the analysis; of the logo only its name, as folders differ between machines."""
    found: dict[str, Any] = plain(analysis.parameters)
    logo = analysis.parameters.issuer_logo
    return {**found, "issuerLogo": PurePath(logo).name if logo else None}


def plain(value: Any) -> Any:
    """The value in the types that JSON has, names in camel case; decimals and dates stay what they are."""
    if is_dataclass(value) and not isinstance(value, type):
        return {camel(field.name): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PurePath):
        return value.name
    if value is None or isinstance(value, str | bool | int | Decimal | date):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")
