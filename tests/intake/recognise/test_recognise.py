from pathlib import Path

from cardable.intake.mappings import saved_mapping
from cardable.intake.recognise import recognise
from cardable.intake.templates import TEMPLATES
from tests.intake.recognise.grids import grid_of, recognised, rows_of

BILLS = """
Rechnungsnr.;Lieferant;Rechnungsdatum;Fällig am;Netto;MwSt;Brutto
R-1;Muster GmbH;03.02.2026;05.03.2026;1.000,00;190,00;1.190,00
R-2;Beispiel AG;14.02.2026;16.03.2026;200,00;38,00;238,00
R-3;Muster GmbH;20.02.2026;22.03.2026;50,00;9,50;59,50
R-4;Nord KG;28.02.2026;30.03.2026;70,00;13,30;83,30
"""


def test_a_german_list_of_bills_is_understood(tmp_path: Path) -> None:
    table = recognised(BILLS, tmp_path, delimiter=";")
    assert [column.field for column in table.columns] == [
        "document_id", "supplier_name", "issue_date", "due_date", "net_amount", "tax_amount", "amount",
    ]  # fmt: skip
    assert (table.kind, table.date_order, table.decimal_mark, table.thousands_mark) == (
        "bills",
        "DMY",
        ",",
        ".",
    )


def test_a_reason_says_how_far_the_due_date_is_from_the_document(tmp_path: Path) -> None:
    reason = recognised(BILLS, tmp_path, delimiter=";").columns[3].reason
    assert reason == (
        "Header “Fällig am” means the due date in German; all values are dates, "
        "on average 30 days after the date of the document."
    )


def test_each_template_is_recognised_exactly(tmp_path: Path) -> None:
    for kind, template in TEMPLATES.items():
        worked = [column.worked or None for column in template.columns]
        table = recognise(grid_of([list(template.headers), worked], tmp_path), file="x.csv")
        assert (table.kind, table.kind_confidence) == (kind, 1.0)
        assert [column.use for column in table.columns] == [c.use for c in template.columns]


def test_a_saved_mapping_wins_over_guessing(tmp_path: Path) -> None:
    mapping = saved_mapping(
        "the mapping for Ledgerline",
        "payments",
        {"When": "payment_date", "What": "amount", "Fee": None},
        ["When"],
    )
    grid = grid_of(rows_of("WHEN,What,fee\n2026-01-02,10.00,1.00"), tmp_path)
    table = recognise(grid, file="x.csv", mappings=[mapping])
    assert [(column.use, column.confidence) for column in table.columns] == [
        ("payment_date", 1.0), ("amount", 1.0), (None, 1.0),
    ]  # fmt: skip


def test_a_forced_kind_is_kept(tmp_path: Path) -> None:
    grid = grid_of(rows_of(BILLS, ";"), tmp_path, delimiter=";")
    assert recognise(grid, file="x.csv", kind="expenses").kind == "expenses"


def test_totals_and_repeated_headers_are_skipped(tmp_path: Path) -> None:
    table = recognised(
        """
        Supplier,Date,Amount
        Total Energies,2026-01-02,10.00
        Acorn Ltd,2026-01-03,5.00
        Supplier,Date,Amount
        Oak Ltd,2026-01-04,5.00
        Total,,20.00
        """,
        tmp_path,
    )
    assert table.skipped == {4: "The header again.", 6: "A total."}
    assert table.rows == 5


def test_dates_that_read_both_ways_are_asked_about(tmp_path: Path) -> None:
    table = recognised(
        "Supplier,Paid Date,Amount\nAcorn Ltd,03/04/2026,5.00\nOak Ltd,05/06/2026,6.00", tmp_path
    )
    assert [(problem.code, problem.column) for problem in table.problems] == [
        ("UNCERTAIN_DATES", "Paid Date")
    ]


def test_dates_that_read_one_way_only_raise_no_question(tmp_path: Path) -> None:
    table = recognised(
        "Supplier,Paid Date,Amount\nAcorn Ltd,03/04/2026,5.00\nOak Ltd,25/06/2026,6.00", tmp_path
    )
    assert table.problems == ()
