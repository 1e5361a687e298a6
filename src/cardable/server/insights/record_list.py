"""The records behind figures: bills, payments or expenses, searched, filtered and sorted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from cardable.language import noted
from cardable.metrics.normalise import folded
from cardable.server.insights.figures import Figures, Selection
from cardable.server.insights.record_rows import BillLine, ExpenseLine, PaymentLine
from cardable.server.insights.supplier_list import methods_of

NEWEST = "-date"
_FETCHED = 2_000


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One of the three tables of records, and how it is asked."""

    key: str
    name: str
    """What they are called in files and logs."""
    one: str
    table: str
    row: type[Any]
    day: str
    supplier_method: str
    searched: str
    csv: Mapping[str, str]
    """Heading to column, as the workbook's raw tab has them."""
    only: Mapping[str, tuple[str, str]]
    """Parts one may ask for: what each is called, and its condition."""
    own_method: str = ""
    sorts: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What they are called, in the reader's language."""
        return gettext(self.name)

    def orders(self) -> dict[str, str]:
        """What the list can be sorted by, and its column."""
        shared = {"date": self.day, "amount": "base_amount", "supplier": "lower(supplier_name)"}
        return shared | dict(self.sorts)


_RATED = "base_amount is not null"
_ALWAYS = {
    "no-rate": (noted("Without an exchange rate"), "base_amount is null"),
    "unassigned": (noted("Without a supplier we know"), f"supplier_key is null and {_RATED}"),
}
_PAID = {
    "counted": (noted("Above zero"), f"is_outflow and {_RATED}"),
    "refunds": (noted("Refunds"), f"not is_outflow and {_RATED}"),
}
_METHOD_CSV = {
    "Payment Method (ERP)": "payment_method",
    "Payment Method as recorded": "recorded_method",
    "Payment Method (Inferred)": "inferred_method",
    "Why": "why",
    "Note": "note",
    "Company Id": "company_id",
    "Company Name": "company_name",
}

BILLS = Kind(
    key="bills",
    name=noted("Bills"),
    one=noted("Bill"),
    table="bill_rows",
    row=BillLine,
    day="issue_date",
    supplier_method="inferred_method",
    searched="concat_ws(' ', id, reference, supplier_name, note)",
    csv={
        "Id": "id",
        "Supplier Id": "supplier_id",
        "Supplier Name": "supplier_name",
        "Reference": "reference",
        "Issue Date": "issue_date",
        "Due Date": "due_date",
        "Currency": "currency",
        "Currency Rate": "currency_rate",
        "Total Amt": "total_amount",
        "Amount Due": "amount_due",
        "Status": "status",
        "Total Amt (base)": "base_amount",
        "Payment terms (days)": "terms_days",
        "Paid late": "is_late",
        "Payment Method (Inferred, of the supplier)": "inferred_method",
        "Why": "why",
        "Note": "note",
        "Company Id": "company_id",
        "Company Name": "company_name",
    },
    only={
        "outstanding": (noted("Outstanding"), f"amount_due > 0 and {_RATED}"),
        "late": (noted("Paid late"), "is_late"),
        "terms": (noted("With payment terms"), f"terms_days is not null and {_RATED}"),
        "settled": (noted("Settled, wholly or in part"), "settled_amount is not null"),
        "no-due-date": (noted("Without a due date"), f"due_date is null and {_RATED}"),
        "due-before-issue": (noted("Due before issue"), f"due_date < issue_date and {_RATED}"),
        **_ALWAYS,
    },
    sorts={"due": "due_date", "open": "base_due"},
)
PAYMENTS = Kind(
    key="payments",
    name=noted("Payments"),
    one=noted("Payment"),
    table="payment_rows",
    row=PaymentLine,
    day="date",
    supplier_method="supplier_method",
    own_method="inferred_method",
    searched="concat_ws(' ', id, reference, supplier_name, account_name, recorded_method, note)",
    csv={
        "Id": "id",
        "Supplier Id": "supplier_id",
        "Supplier Name": "supplier_name",
        "Date": "date",
        "Currency": "currency",
        "Currency Rate": "currency_rate",
        "Total Amt": "total_amount",
        "Total Amt (base)": "base_amount",
        "Payment Account": "account_name",
        "Reference": "reference",
        **_METHOD_CSV,
    },
    only={
        **_PAID,
        "derived": (noted("Made up from a paid bill"), f"is_derived and {_RATED}"),
        **_ALWAYS,
    },
)
EXPENSES = Kind(
    key="expenses",
    name=noted("Expenses"),
    one=noted("Expense"),
    table="expense_rows",
    row=ExpenseLine,
    day="issue_date",
    supplier_method="supplier_method",
    own_method="inferred_method",
    searched=(
        "concat_ws(' ', id, reference, contact_name, supplier_name, account_name, recorded_method, note)"
    ),
    csv={
        "Id": "id",
        "Contact Name": "contact_name",
        "Contact Id": "contact_id",
        "Reference": "reference",
        "Payment Account": "account_name",
        "Issue Date": "issue_date",
        "Currency": "currency",
        "Currency Rate": "currency_rate",
        "Total Amt": "total_amount",
        "Total Amt (base)": "base_amount",
        **_METHOD_CSV,
    },
    only={**_PAID, **_ALWAYS},
)
KINDS = {kind.key: kind for kind in (BILLS, PAYMENTS, EXPENSES)}


@dataclass(frozen=True, kw_only=True)
class RecordQuery:
    """What is asked of a list of records; all of it is in the page's address."""

    kind: Kind
    text: str = ""
    supplier: str = ""
    """A supplier's ref."""
    method: str = ""
    """The most common method of the record's supplier, or its category, by which figures are grouped."""
    paid: str = ""
    """The method of the payment or expense itself."""
    entity: str = ""
    """The id of the company whose books hold it."""
    month: str = ""
    rule: int | None = None
    only: str = ""
    sort: str = NEWEST

    @property
    def is_narrowed(self) -> bool:
        return self != RecordQuery(kind=self.kind, sort=self.sort)

    @property
    def order(self) -> str:
        way = "desc" if self.sort.startswith("-") else "asc"
        return f"{self.kind.orders()[self.sort.lstrip('-')]} {way} nulls last, position"

    @property
    def selection(self) -> Selection:
        kind, text = self.kind, folded(self.text)
        return Selection.where(
            (text, f"contains(strip_accents(lower({kind.searched})), ?)", [text]),
            (self.supplier, "ref = ?", [self.supplier]),
            (
                self.method,
                f"list_contains(?, {kind.supplier_method}) and {_RATED}",
                [methods_of(self.method)],
            ),
            (self.paid, f"{kind.own_method} = ?", [self.paid]),
            (self.entity, "company_id = ?", [self.entity]),
            (self.month, f"strftime({kind.day}, '%Y-%m') = ?", [self.month]),
            (self.rule is not None, "why_rule = ?", [self.rule]),
            (self.only, kind.only[self.only][1] if self.only else "", []),
        )


@dataclass(frozen=True)
class RecordList:
    """The records asked for, read a slice at a time, with what they add up to."""

    figures: Figures
    query: RecordQuery
    total: int
    counted: int
    """How many of them figures count: with a rate, and of payments and expenses those above zero."""
    without_rate: int
    amount: Decimal

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> tuple[Any, ...]:
        start, stop, _ = part.indices(self.total)
        kind, query = self.query.kind, self.query
        return self.figures.page(
            kind.row, kind.table, query.selection, order=query.order, limit=stop - start, offset=start
        )

    @property
    def refunds(self) -> int:
        return self.total - self.counted - self.without_rate

    def csv_rows(self) -> Iterator[tuple[Any, ...]]:
        """Every record asked for as a row of the download, headings first."""
        kind, chosen = self.query.kind, self.query.selection
        yield tuple(kind.csv)
        question = (
            f"select {', '.join(kind.csv.values())} from {kind.table}"  # noqa: S608 (columns of our own)
            f" where {chosen.condition} order by {self.query.order}"
        )
        with self.figures.answer(question, chosen.values) as found:
            while rows := found.fetchmany(_FETCHED):
                yield from rows


def record_list(figures: Figures, query: RecordQuery) -> RecordList:
    """The records that match, and their sums."""
    counted = f"{_RATED} and is_outflow" if query.kind.own_method else _RATED
    sums = (
        f"count(*), count(*) filter (where {counted}), count(*) filter (where base_amount is null),"
        " coalesce(sum(base_amount), 0)"
    )
    return RecordList(figures, query, *figures.value(sums, query.kind.table, query.selection))
