"""The suppliers of a run, searched, filtered and sorted."""

from dataclasses import dataclass
from decimal import Decimal

from cardable.language import noted
from cardable.metrics.normalise import folded
from cardable.server.insights.figure_rows import SupplierLine
from cardable.server.insights.figures import Figures, Selection

VERDICTS = (noted("cardable"), noted("already on card"), noted("unknown"), noted("excluded"))
METHODS = (
    noted("Credit Card"),
    noted("Debit Card"),
    noted("Bank Transfer"),
    noted("Check"),
    noted("Cash"),
    noted("Unknown"),
    noted("Other"),
)
_CARD, _NOT_CARD, _NOT_KNOWN = METHODS[:2], METHODS[2:5], METHODS[5:]
GROUPS = {
    noted("Card"): _CARD,
    noted("Non-Card"): _NOT_CARD,
    noted("Unknown (category)"): _NOT_KNOWN,
}
"""Categories of methods, which may be asked for like one method."""
PAID_BY = (*METHODS, *GROUPS)
LARGEST = "-spend"
SORTS = {
    "name": "sort_name",
    "spend": "total_spend",
    "bills": "bills_amount",
    "payments": "payments_amount",
    "expenses": "expenses_amount",
    "terms": "average_terms_days",
    "settlement": "average_settlement_days",
    "late": "bills_late_share",
}
ONLY = {
    "outstanding": (noted("With bills outstanding"), "bills_outstanding_count > 0"),
    "late": (noted("With bills paid late"), "bills_late_count > 0"),
    "card": (noted("Accepted a credit card in the last 12 months"), "has_accepted_credit_card"),
    "namesakes": (noted("Sharing a name"), "has_namesake"),
}
"""Other things one may ask for: what each is called, and its condition."""


def methods_of(asked: str) -> list[str]:
    """The methods that a method's or a category's name stands for."""
    return list(GROUPS.get(asked, (asked,)))


@dataclass(frozen=True, kw_only=True)
class SupplierQuery:
    """What is asked of the list of suppliers; all of it is in the page's address."""

    text: str = ""
    method: str = ""
    verdict: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    """Total spend of the period, from and up to, both included."""
    first: str = ""
    """The month of the first record, `2026-04`."""
    only: str = ""
    sort: str = LARGEST

    @property
    def is_narrowed(self) -> bool:
        return self != SupplierQuery(sort=self.sort)

    @property
    def order(self) -> str:
        """The order in SQL; what is not known comes last either way."""
        way = "desc" if self.sort.startswith("-") else "asc"
        return f"{SORTS[self.sort.lstrip('-')]} {way} nulls last, position"

    @property
    def selection(self) -> Selection:
        text = folded(self.text)
        found = (
            "(contains(sort_name, ?) or contains(lower(concat_ws(' ', supplier_id, contact_name, email)), ?))"
        )
        return Selection.where(
            (text, found, [text, text]),
            (self.method, "list_contains(?, inferred_method)", [methods_of(self.method)]),
            (self.verdict, "verdict = ?", [self.verdict]),
            (self.low is not None, "total_spend >= ?", [self.low]),
            (self.high is not None, "total_spend <= ?", [self.high]),
            (self.first, "strftime(first_seen, '%Y-%m') = ?", [self.first]),
            (self.only, ONLY[self.only][1] if self.only else "", []),
        )


@dataclass(frozen=True)
class SupplierList:
    """The suppliers asked for, read a slice at a time."""

    figures: Figures
    query: SupplierQuery
    total: int
    total_spend: Decimal

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> tuple[SupplierLine, ...]:
        start, stop, _ = part.indices(self.total)
        return self.figures.suppliers(
            self.query.selection, order=self.query.order, limit=stop - start, offset=start
        )


def supplier_list(figures: Figures, query: SupplierQuery) -> SupplierList:
    """The suppliers that match, and what was spent with them."""
    total, spend = figures.value("count(*), sum(total_spend)", "supplier_rows", query.selection)
    return SupplierList(figures, query, total, spend or Decimal(0))
