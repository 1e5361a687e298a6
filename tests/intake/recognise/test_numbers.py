import pytest

from cardable.intake.recognise.numbers import body, read_numbers


@pytest.mark.parametrize(
    ("values", "decimal", "thousands"),
    [
        (["1,234.50", "12.00"], ".", ","),
        (["1.234,50", "12,00"], ",", "."),
        (["1 234,50", "12,00"], ",", " "),
        (["1'234.50", "12.00"], ".", "'"),
        (["53.000", "225.407,09"], ",", "."),
        (["319.999", "1.250"], ",", "."),
        (["0.125", "12.500"], ".", None),
        (["12466,95", "5000"], ",", None),
        (["1.200.000", "340.500"], ",", "."),
        (["120", "7"], None, None),
    ],
)
def test_the_marks_of_a_number_are_read_from_all_cells(
    values: list[str], decimal: str | None, thousands: str | None
) -> None:
    reading = read_numbers(values)
    assert (reading.decimal, reading.thousands, reading.share) == (decimal, thousands, 1.0)


@pytest.mark.parametrize(
    "text",
    ["(1,234.56)", "1,234.56-", "-5", "$ 12.00", "12,00 €", "EUR 5.00", "R$ 1.500,00", "¥28.16", "10.00 CR",
     "1.250,00-", "45 %", "100,00 S"],
)  # fmt: skip
def test_signs_and_currencies_belong_to_numbers(text: str) -> None:
    assert body(text) is not None


@pytest.mark.parametrize("text", ["NET30", "JP01", "A1234", "12 Main St", "2026-03-04", "1/2", ""])
def test_codes_and_dates_are_no_numbers(text: str) -> None:
    assert body(text) is None


def test_negative_numbers_are_counted_however_written() -> None:
    assert read_numbers(["(5.00)", "5.00-", "-5.00", "5.00"]).negative == 0.75
