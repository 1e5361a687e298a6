"""One customer's figures for one period: the SQL steps, run in order on its snapshots."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import duckdb

from cardable.metrics import steps
from cardable.metrics.company import Customer
from cardable.metrics.customer_details import customer_details
from cardable.metrics.exclusions import excluded
from cardable.metrics.imported_date import ImportedDate
from cardable.metrics.inputs import is_small, load_entities, load_records, make_table, missing_data
from cardable.metrics.keywords import hint_pattern, vocabulary_pattern
from cardable.metrics.minor_units import minor_digits
from cardable.metrics.normalise import normalised, scanned
from cardable.metrics.parameter_tables import (
    load_amounts,
    load_imported_dates,
    load_keywords,
    load_methods,
)
from cardable.metrics.parameters import Parameters
from cardable.metrics.period import Period
from cardable.metrics.quarters import full_quarter_has_passed, latest_quarters
from cardable.metrics.warning_texts import warning_texts


class Analysis:
    """A customer's figures for a period, as tables of a DuckDB connection once `run` is done."""

    def __init__(
        self,
        customer: Customer,
        period: Period,
        run_date: date,
        parameters: Parameters,
        imported_dates: Iterable[ImportedDate] = (),
        *,
        memory_limit: str | None = None,
        temp_folder: Path | None = None,
        threads: int | None = None,
        connection: duckdb.DuckDBPyConnection | None = None,
    ) -> None:
        """A `connection` that is there already is used, and closed in the end: opening one takes time."""
        self.customer = customer
        self.period = period
        self.run_date = run_date
        self.parameters = parameters
        self.imported_dates = tuple(imported_dates)
        self.base_currency = ""
        self.has_ongoing = False
        self.is_small = is_small(customer.entities)
        self.connection = connection or duckdb.connect(config=_config(memory_limit, temp_folder, threads))
        if self.is_small:
            # Waking a second thread takes longer than what it would do.
            self.connection.execute("set threads = 1")

    @property
    def digits(self) -> int:
        """Decimals of the base currency's minor unit."""
        return minor_digits(self.base_currency)

    def run(self) -> "Analysis":
        """Work out every figure."""
        self._work_out_records()
        quarters = self._quarters()
        self.has_ongoing = bool(quarters)
        self._work_out_figures(quarters)
        # The engine plans a question on one core.
        with self.beside() as other, ThreadPoolExecutor(1) as thread:
            ongoing = thread.submit(other._run_steps, (*steps.RAW_ROWS, *steps.ONGOING))
            self._run_steps(steps.REPORT)
            ongoing.result()
        self._drop(*(f"table {name}" for name in steps.SPENT))
        return self

    def run_totals(self) -> "Analysis":
        """Work out the suppliers, the customer's totals and benefits, and no more."""
        self._work_out_records()
        self._work_out_figures({})
        self._run_steps(steps.TOTALS)
        return self

    def beside(self) -> "Analysis":
        """The same figures by a connection of their own, as each thread needs one; to be closed as well."""
        other = copy.copy(self)
        other.connection = self.connection.cursor()
        return other

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of one of the tables, in their order: by position, or by record."""
        found = self.connection.execute(f'select * from "{table}"')  # noqa: S608 (names of our own tables)
        names = [name for name, *_ in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        order = next((name for name in ("position", "record") if name in names), None)
        return sorted(rows, key=lambda row: row[order]) if order else rows

    def row(self, table: str) -> dict[str, Any]:
        """The only row of one of the tables."""
        (found,) = self.rows(table)
        return found

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Analysis":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _work_out_records(self) -> None:
        self.connection.execute(steps.sql("macros"))
        load_records(self.connection, self.customer.entities)
        currency = self.parameters.group_currency if self.customer.is_group else None
        self.base_currency = load_entities(self.connection, self.customer, currency)
        self._load_settings()
        self._run_steps(steps.SUPPLIERS)
        self._read_names()
        with self.beside() as other, ThreadPoolExecutor(1) as thread:
            methods = thread.submit(other._read_methods)
            self._run_steps(steps.RECORDS)
            methods.result()
        self._run_steps(steps.PAID)
        self._drop("view texts", *(f"table {name}" for name in steps.PASSING))
        self._exclude_suppliers()

    def _work_out_figures(self, quarters: Mapping[str, Period]) -> None:
        """The figures of the period reviewed and of these quarters, all at once: planning takes the time."""
        self._load_periods({"report": self.period, **quarters})
        self._run_steps((*steps.FIGURES, *steps.LISTED))

    def _load_settings(self) -> None:
        load_methods(self.connection)
        load_keywords(self.connection, self.parameters)
        load_amounts(self.connection, self.parameters)
        load_imported_dates(self.connection, self.customer, self.imported_dates)
        make_table(
            self.connection,
            "missing_data",
            {"missing": "bigint", "name": "varchar"},
            missing_data(self.customer),
        )
        make_table(
            self.connection,
            "warning_texts",
            {"position": "integer", "code": "varchar", "one": "varchar", "many": "varchar"},
            warning_texts(),
        )
        settings = self._settings()
        kinds, values = zip(*settings.values(), strict=True)
        make_table(self.connection, "settings", dict(zip(settings, kinds, strict=True)), [values])

    def _settings(self) -> dict[str, tuple[str, Any]]:
        """The one row of what the customer is and what the issuer has set: type and value of each column."""
        details, given = customer_details(self.customer), self.parameters
        return {
            "company_id": ("varchar", self.customer.id),
            "company_name": ("varchar", self.customer.name),
            "registration_number": ("varchar", details.registration_number),
            "tax_number": ("varchar", details.tax_number),
            "phone": ("varchar", details.phone),
            "addresses": ("varchar", details.addresses),
            "web_links": ("varchar", details.web_links),
            "base_currency": ("varchar", self.base_currency),
            "digits": ("integer", self.digits),
            "data_as_of": ("date", self._data_as_of()),
            "spend_basis": ("varchar", self._spend_basis()),
            "threshold": ("decimal(18, 4)", given.threshold),
            "top_suppliers": ("integer", given.top_suppliers),
            "minutes_per_payment": ("decimal(18, 4)", given.minutes_per_payment),
            "hourly_rate": ("decimal(18, 4)", given.hourly_rate),
            "merge_by_tax_number": ("boolean", given.merge_by_tax_number),
        }

    def _data_as_of(self) -> date:
        """The day of the oldest snapshot; the end date where none says."""
        days = [entity.snapshot.as_of for entity in self.customer.entities]
        return min((day for day in days if day), default=self.period.end)

    def _spend_basis(self) -> str:
        found = self.connection.execute(
            "select distinct spends_by_payments from entities where has_data"
        ).fetchall()
        if len(found) > 1:
            return "mixed"
        return "payments and expenses" if found == [(True,)] else "bills and expenses"

    def _read_names(self) -> None:
        """Supplier names that SQL alone cannot compare: without case, and normalised."""
        found = self.connection.execute(
            "select distinct supplier_name from supplier_copies "
            "where bit_length(supplier_name) <> 8 * length(supplier_name)"
        ).fetchall()
        make_table(
            self.connection,
            "normalised_names",
            {"text": "varchar", "cased": "varchar", "normalised": "varchar"},
            ((name, name.casefold(), normalised(name)) for (name,) in found),
        )

    def _read_methods(self) -> None:
        self._run_steps(("transactions", "named_texts"))
        self._read_texts("named_texts", into="named_readings")
        self._run_steps(("undecided",))
        # An override may be of any text, so with one there is no telling which texts to leave out.
        overridden = any(each.source == "text" for each in self.parameters.method_overrides)
        self._run_step("free_texts", {"hint": "" if overridden else hint_pattern()})
        self._read_texts("free_texts", into="free_readings")
        self._run_steps(("free_methods", "transaction_methods"))

    def _read_texts(self, texts: str, *, into: str) -> None:
        self.connection.execute(
            f"create or replace view texts as select * from {texts}"  # noqa: S608 (our own names)
        )
        found = self.connection.execute(
            "select distinct text from texts where bit_length(text) <> 8 * length(text)"
        ).fetchall()
        plains = ((text, normalised(text)) for (text,) in found)
        make_table(
            self.connection,
            "normalised_texts",
            {"text": "varchar", "normalised": "varchar", "scanned": "varchar"},
            ((text, plain, scanned(plain)) for text, plain in plains),
        )
        self._run_step("readings", {"vocabulary": vocabulary_pattern()}, table=into)

    def _exclude_suppliers(self) -> None:
        exclusions = self.parameters.exclusions
        suppliers = (
            self.connection.execute(
                "select k.supplier, k.supplier_id, s.supplier_name "
                "from supplier_keys as k inner join suppliers as s on s.supplier = k.supplier"
            ).fetchall()
            if exclusions
            else []
        )
        make_table(
            self.connection,
            "excluded_suppliers",
            {"supplier": "bigint", "reason": "varchar"},
            excluded(suppliers, exclusions),
        )

    def _load_periods(self, periods: Mapping[str, Period]) -> None:
        make_table(
            self.connection,
            "periods",
            {
                "period": "reviewed",
                "start_date": "date",
                "end_date": "date",
                "months": "integer",
                "year_start": "date",
                "run_date": "date",
            },
            [
                (
                    name,
                    each.start,
                    each.end,
                    each.months,
                    Period.ending(each.end, 12).start,
                    self.run_date if name == "report" else each.end + timedelta(days=1),
                )
                for name, each in periods.items()
            ],
        )
        # Of a join with the period the engine would expect few rows, and begin the joins that follow with
        # those, however many they are; days that stand in the question it can count.
        self.connection.execute(
            "create macro in_period(day) as "
            f"day between date '{self.period.start}' and date '{self.period.end}'"
        )

    def _quarters(self) -> dict[str, Period]:
        """The latest quarter and the one before; none as long as no full quarter has passed."""
        latest, prior = latest_quarters(self.period.end, self.parameters.fiscal_year_first_month)
        has_passed = full_quarter_has_passed(self._first_day(), latest)
        return {"latest quarter": latest, "prior quarter": prior} if has_passed else {}

    def _first_day(self) -> date | None:
        ((day,),) = self.connection.execute(
            "select min(day) from (select min(issue_date) as day from bill_amounts "
            "union all select min(paid_on) from payment_amounts "
            "union all select min(issue_date) from expense_amounts)"
        ).fetchall()
        return cast("date | None", day)

    def _drop(self, *names: str) -> None:
        self.connection.execute("; ".join(f"drop {name}" for name in names))

    def _run_steps(self, names: Sequence[str]) -> None:
        for name in names:
            self._run_step(name)

    def _run_step(self, name: str, values: dict[str, str] | None = None, *, table: str | None = None) -> None:
        kind = "view" if name in (steps.NAMES if self.is_small else steps.VIEWS) else "table"
        self.connection.execute(f"create {kind} {table or name} as {steps.sql(name)}", values)


def _config(memory_limit: str | None, temp_folder: Path | None, threads: int | None) -> dict[str, Any]:
    given = {
        "memory_limit": memory_limit,
        "temp_directory": str(temp_folder) if temp_folder else None,
        "threads": threads,
    }
    return {name: value for name, value in given.items() if value is not None}
