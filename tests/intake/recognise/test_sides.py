"""Own side and other side, statements and stamps: what the cells of a table say against its headers."""

from pathlib import Path

from tests.intake.recognise.grids import recognised

STATEMENT = """
Date,Account,Counterparty,Counterparty IBAN,Amount,Balance
2026-02-01,12345678,Kite Ltd,DE89370400440532013000,-100.00,900.00
2026-02-02,12345678,Lumen Ltd,DE12500105170648489890,-50.00,850.00
2026-02-03,12345678,Kite Ltd,DE89370400440532013000,-25.50,824.50
2026-02-04,12345678,Acorn Ltd,DE02120300000000202051,300.00,1124.50
2026-02-05,12345678,Acorn Ltd,DE02120300000000202051,-4.50,1120.00
"""


def test_the_balance_and_the_own_account_of_a_statement_are_left_out(tmp_path: Path) -> None:
    table = recognised(STATEMENT, tmp_path)
    assert table.kind == "expenses"
    assert [column.field for column in table.columns] == [
        "payment_date", None, "supplier_name", "iban", "amount", None,
    ]  # fmt: skip


def test_an_open_balance_beside_a_due_date_is_owed(tmp_path: Path) -> None:
    rows = [
        "Vendor,Invoice No,Due Date,Amount,Balance",
        *(f"Kite {n},A-{n},2026-03-0{n},{n}0.00,{n}0.00" for n in range(1, 6)),
    ]
    assert recognised("\n".join(rows), tmp_path).columns[4].field == "amount_due"


def test_yes_and_no_are_no_payment_method(tmp_path: Path) -> None:
    text = "Fornecedor,Vencimento,Valor,Pago\n" + "\n".join(
        f"Alfa {n},0{n}/03/2026,{n}0.50,{'Sim' if n % 2 else 'Não'}" for n in range(1, 7)
    )
    assert recognised(text, tmp_path).columns[3].field is None


def test_a_date_of_loading_is_left_out(tmp_path: Path) -> None:
    text = "Supplier,Payment Date,Amount,Data Loaded At\n" + "\n".join(
        f"Kite {n},2026-03-0{n},{n}0.50,2026-04-01" for n in range(1, 9)
    )
    assert [column.field for column in recognised(text, tmp_path).columns][1::2] == ["payment_date", None]


def test_a_list_of_companies_that_all_differ_is_no_paying_body(tmp_path: Path) -> None:
    text = "Azienda,Telefono,Partita IVA,Città\n" + "\n".join(
        f"Ditta {name},+39 02 55501{n:02d},0123456789{n % 10},Milano"
        for n, name in enumerate("ABCDEFGHIJKLMNOPQRST")
    )
    table = recognised(text, tmp_path)
    assert (table.kind, table.columns[0].field) == ("suppliers", "supplier_name")


def test_a_word_before_every_header_is_looked_past(tmp_path: Path) -> None:
    text = (
        "contact_name,contact_tax_number,contact_city\nKite Ltd,GB123456789,Leeds\nLumen Ltd,GB987654321,York"
    )
    assert [column.field for column in recognised(text, tmp_path).columns] == [
        "supplier_name", "tax_number", "city",
    ]  # fmt: skip


def test_a_header_is_found_below_a_long_text(tmp_path: Path) -> None:
    text = "Note,About this list\n" * 110 + "Supplier,Invoice Number,Invoice Date,Amount\n"
    text += "\n".join(f"Kite {n},A-{n},2026-03-0{n % 9 + 1},{n}.50" for n in range(1, 60))
    assert recognised(text, tmp_path).header_row == 110


def test_years_can_be_headers(tmp_path: Path) -> None:
    text = "Partida,Descripción,2024,2025\n" + "\n".join(f"22{n},Gasto {n},{n}00,{n}50" for n in range(1, 9))
    table = recognised(text, tmp_path)
    assert (table.kind, table.header_row) == ("other", 0)


def test_net_and_gross_are_told_by_their_sum(tmp_path: Path) -> None:
    text = "Proveedor,Neto s/imp.,IVA,Total c/IVA\n"
    text += "".join(f"Alfa {n},{n * 100}.00,{n * 21}.00,{n * 121}.00\n" for n in range(1, 7))
    assert [column.field for column in recognised(text, tmp_path).columns] == [
        "supplier_name", "net_amount", "tax_amount", "amount",
    ]  # fmt: skip
