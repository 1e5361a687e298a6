"""What `analyze` says at its end: the figures a person wants first, and what to look at."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cardable.cli.words import columns_of_text, counted, money
from cardable.integrations.any_spreadsheet import Delivery
from cardable.metrics import Analysis


def summary(analysis: Analysis, delivery: Delivery, made: Sequence[Path], *, assumed_end: bool) -> str:
    """The period, suppliers, spend by payment method, what could move to card, and every warning."""
    return "\n".join(
        [
            "",
            *_headline(analysis, assumed_end=assumed_end),
            "",
            *_methods(analysis),
            "",
            *_benefit(analysis),
            *_look_at(analysis, delivery),
            "",
            *_files(made),
        ]
    )


def _headline(analysis: Analysis, *, assumed_end: bool) -> Iterator[str]:
    period, customer = analysis.period, analysis.row("customer_row")
    yield f"{analysis.customer.name}: {period.start} to {period.end}, {counted(period.months, 'month')}"
    if assumed_end:
        yield "The period ends with the latest month the data covers; --end sets another."
    yield (
        f"{counted(customer['suppliers_count'], 'supplier')}, {counted(customer['bills_count'], 'bill')}, "
        f"{counted(customer['payments_count'], 'payment')}, {counted(customer['expenses_count'], 'expense')}"
    )


def _methods(analysis: Analysis) -> list[str]:
    currency = analysis.row("customer_row")["base_currency"]
    found = analysis.connection.execute(
        "select label, suppliers_count, total_spend from method_rows"
        " where level = 'method' and (suppliers_count > 0 or total_spend <> 0) or level = 'overall'"
        " order by position"
    ).fetchall()
    amounts = [money(spend, currency) for _, _, spend in found]
    width = max(map(len, amounts))
    rows = [("Payment method", "Suppliers", "Total spend".rjust(width))]
    rows += [
        (label, f"{suppliers:>9,}", amount.rjust(width))
        for (label, suppliers, _), amount in zip(found, amounts, strict=True)
    ]
    return columns_of_text(rows)


def _benefit(analysis: Analysis) -> Iterator[str]:
    currency, result = analysis.row("customer_row")["base_currency"], analysis.row("summary_row")
    yield (
        f"Cardable spend {money(result['cardable_spend'], currency)} a year with "
        f"{counted(result['cardable_suppliers_count'], 'supplier')}; annual card benefits "
        f"{money(result['annual_card_benefits'], currency)} "
        f"(cashback {money(result['cashback_value'], currency)}, "
        f"time saved {money(result['time_saved_value'], currency)})"
    )


def _look_at(analysis: Analysis, delivery: Delivery) -> list[str]:
    warnings = analysis.connection.execute(
        "select code, count, message from warnings order by code"
    ).fetchall()
    lines = [f"  {code} ({number:,}): {message}" for code, number, message in warnings]
    lines += [f"  {notice.message}" for notice in delivery.notices]
    lines += [f"  {problem.file}: {problem.message}" for problem in delivery.problems]
    return ["", "Worth a look:", *dict.fromkeys(lines)] if lines else []


def _files(made: Sequence[Path]) -> list[str]:
    return [f"Reports in {made[0].parent}:", *(f"  {path.name}" for path in made)] if made else []
