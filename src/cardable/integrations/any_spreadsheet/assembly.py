"""From recognised tables to each company's records."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from cardable.intake.model import FileReading
from cardable.integrations.any_spreadsheet import notices, problems, writing
from cardable.integrations.any_spreadsheet.companies import companies
from cardable.integrations.any_spreadsheet.currencies import fill_currencies
from cardable.integrations.any_spreadsheet.delivery import CompanyData, Delivery
from cardable.integrations.any_spreadsheet.grouping import begin, separate
from cardable.integrations.any_spreadsheet.lines import unite
from cardable.integrations.any_spreadsheet.links import line_up, link_payments
from cardable.integrations.any_spreadsheet.problems import Counts
from cardable.integrations.any_spreadsheet.reporting import table_reports
from cardable.integrations.any_spreadsheet.rows import view_rows
from cardable.integrations.any_spreadsheet.settling import derive_payments, settle_bills, settle_payments
from cardable.integrations.any_spreadsheet.staging import Staged, stage
from cardable.integrations.any_spreadsheet.store import Store, literal
from cardable.integrations.any_spreadsheet.suppliers import (
    companies_with_books,
    derive_suppliers,
    key_suppliers,
)
from cardable.integrations.any_spreadsheet.wanted import TRANSACTIONS, WANTED
from cardable.records import Bill, BillCreditNote, BillPayment, Expense, Supplier

_IDS: Final = {
    "payments": "coalesce(record_id, payment_reference, document)",
    "expenses": "coalesce(record_id, document, payment_reference)",
    "credit_notes": "coalesce(record_id, document)",
}
Written = dict[type[Any], dict[int, tuple[Path, int]]]


def assemble(
    readings: Sequence[FileReading],
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    *,
    base_currency: str | None = None,
    company_name: str | None = None,
) -> Delivery:
    """What the files of one run say, as records of each company; Parquet files are written below `work`.

    Later readings win over earlier ones where both have a record of the same ID.
    """
    rows = sum(table.rows for reading in readings for table in reading.tables)
    with Store(connection, rows=rows) as store:
        return _Assembly(store, readings, work, base_currency, company_name).delivery()


@dataclass
class _Assembly:
    store: Store
    readings: Sequence[FileReading]
    work: Path
    base_currency: str | None
    company_name: str | None

    def delivery(self) -> Delivery:
        self.staged, self.counts = self._stage()
        self.came = frozenset(each.kind for each in self.staged)
        files = [reading.file for reading in self.readings]
        self.companies = companies(self.store, self.staged, company_name=self.company_name, files=files)
        self.notices = [*notices.about_tables(self.readings), *self.companies.notices]
        self._rows()
        self._group()
        written = self._write()
        self.notices += notices.about_records(self.store, self._covered(), self.staged, self.counts)
        return Delivery(
            companies=self._companies(written),
            imported_dates=self._imported_dates(),
            exchange_rates=self._exchange_rates(),
            files=table_reports(self.store, self.readings, self.staged, self.counts, self.notices),
            problems=self._problems(),
            problem_rows=self.work / "problems.parquet",
            notices=tuple(self.notices),
        )

    def _covered(self) -> frozenset[str]:
        """The kinds of records that came or could be derived."""
        return self.came | ({"payments"} if self.derived_payments else set())

    def _stage(self) -> tuple[list[Staged], dict[int, Counts]]:
        problems.begin(self.store)
        staged: list[Staged] = []
        counts = {}
        for reading in self.readings:
            for table in reading.tables:
                if table.kind in WANTED and not table.grid.hidden:
                    staged.append(stage(self.store, len(staged), reading, table))
                    counts[staged[-1].number] = problems.collect(self.store, staged[-1])
        return staged, counts

    def _rows(self) -> None:
        currencies, assumed = fill_currencies(self.store, self.staged, self.companies, self.base_currency)
        self.notices += assumed
        for kind in WANTED:
            view_rows(self.store, kind, self.staged, self.companies.default, currencies)

    def _group(self) -> None:
        key_suppliers(self.store)
        begin(self.store)
        self.in_order = {"bills": not unite(self.store)}
        for kind, ids in _IDS.items():
            self.in_order[kind] = not separate(self.store, kind, ids)
        self._link()
        instances = [(n, each.source_instance or each.id) for n, each in enumerate(self.companies.listed)]
        brought = {name for each in self.staged if each.kind in TRANSACTIONS for name in each.names}
        derive_suppliers(self.store, listed="suppliers" in self.came, brought=brought, instances=instances)

    def _link(self) -> None:
        derived = "payments" not in self.came
        lost, matched = link_payments(self.store, companies=len(self.companies.listed))
        self.linked = bool(self.store.value("select count(*) from (select 1 from links limit 1)"))
        settle_bills(self.store, linked=self.linked, derived=derived)
        made = derive_payments(self.store) if derived else 0
        if not derived:
            if self.linked:
                line_up(self.store)
            settle_payments(self.store, linked=self.linked)
        self.derived_payments = made
        self.notices += notices.about_links(lost=sum(lost.values()), matched=matched, derived=made)
        self.counts |= {number: self.counts[number].less(rows) for number, rows in lost.items()}
        if lost:
            problems.reject_lost(self.store, self.staged)
        self._forget_allocations()

    def _forget_allocations(self) -> None:
        """Make room: what allocations said is in the payments' links by now."""
        done = [each.stage for each in self.staged if each.kind == "allocations"]
        for name in (*done, "allocations_placed", "unlinked"):
            self.store.drop(name)

    def _write(self) -> Written:
        store, numbers = self.store, self._with_books()
        store.view("expenses_final", "select * from expenses_each where status is distinct from 'Void'")
        store.view("credit_notes_final", "select * from credit_notes_each")
        in_order = self.in_order
        linked = self.linked or self.derived_payments > 0
        selects: Mapping[type[Any], tuple[bool, str]] = {
            Supplier: (self.came & {"suppliers", *TRANSACTIONS} != frozenset(), writing.supplier_records()),
            Bill: ("bills" in self.came, writing.bill_records(with_lines=not in_order["bills"])),
            BillPayment: (
                "payments" in self.came or self.derived_payments > 0,
                writing.payment_records(linked=linked, in_order=all(in_order.values())),
            ),
            BillCreditNote: (
                "credit_notes" in self.came,
                writing.credit_note_records(in_order=in_order["credit_notes"]),
            ),
            Expense: ("expenses" in self.came, writing.expense_records(in_order=in_order["expenses"])),
        }
        return {
            record: writing.write(store, record, select, numbers, self.work)
            for record, (wanted, select) in selects.items()
            if wanted
        }

    def _with_books(self) -> list[int]:
        """The companies with rows of their own; the only company in any case."""
        if len(self.companies.listed) == 1:
            return [0]
        found = self.store.rows(companies_with_books())
        return [number for (number,) in found]

    def _companies(self, written: Written) -> tuple[CompanyData, ...]:
        return tuple(
            CompanyData(
                id=company.id,
                name=company.name,
                parent_id=company.parent_id,
                source_instance=company.source_instance or company.id,
                base_currency=company.base_currency or self.base_currency or self._usual_currency(number),
                info=company.info,
                tables={record: by[number][0] for record, by in written.items() if number in by},
                rows={record: by[number][1] for record, by in written.items() if number in by},
                is_assumed=company.is_assumed,
            )
            for number, company in enumerate(self.companies.listed)
        )

    def _usual_currency(self, number: int) -> str | None:
        """The currency most of a company's records are in; ties go to the first in the alphabet."""
        rows = " union all ".join(
            f"select company_number, currency from {kind}_rows" for kind in TRANSACTIONS
        )
        found = self.store.rows(
            f"select currency from ({rows}) where company_number = ? and currency is not null "
            "group by 1 order by count(*) desc, 1 limit 1",
            [number],
        )
        return str(found[0][0]) if found else None

    def _imported_dates(self) -> Path | None:
        if "imported_dates" not in self.came:
            return None
        default = literal(self.companies.listed[self.companies.default].id)
        target = self.work / "imported_dates.parquet"
        self.store.write(
            f"select coalesce(company, {default}) as company_id, supplier_id, imported_date, "
            "source_instance from imported_dates_rows order by number, row",
            target,
        )
        return target

    def _exchange_rates(self) -> Path | None:
        if "exchange_rates" not in self.came:
            return None
        target = self.work / "exchange_rates.parquet"
        self.store.write(
            "select date, from_currency, to_currency, rate from exchange_rates_rows qualify row_number() "
            "over (partition by date, from_currency, to_currency order by number desc, row) = 1 order by all",
            target,
        )
        return target

    def _problems(self) -> tuple[Any, ...]:
        problems.write(self.store, self.work / "problems.parquet")
        refusals = [reading.refusal for reading in self.readings if reading.refusal]
        found = [problem for each in self.readings for table in each.tables for problem in table.problems]
        return (*refusals, *found, *self.companies.problems, *problems.summary(self.store))
