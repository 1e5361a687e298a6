"""Postal codes, phones, addresses and names, as card networks want them."""

import pytest

from cardable.reports._vendor_parts import contact_names, country_code, emails, phone_parts, zip_plus_4
from tests.examples import expected


@pytest.mark.parametrize("case", expected()["postalCases"], ids=lambda case: case["postalCode"])
def test_the_postal_codes_of_the_worked_example(case: dict[str, str]) -> None:
    assert zip_plus_4(case["postalCode"], case["country"]) == case["zipPlus4"]


@pytest.mark.parametrize("code", ["123456", "1234567", "1234567890", "n/a", "", None])
def test_what_is_no_us_code_stays_as_it_is(code: str | None) -> None:
    assert zip_plus_4(code, "US") == code


@pytest.mark.parametrize(
    ("phone", "parts"),
    [
        ("(555) 010-2000 ext. 45", ("(555) 010-2000", "45")),
        ("555 010 2500 x7", ("555 010 2500", "7")),
        ("555-0100x12", ("555-0100", "12")),
        ("555-0100, Extension: 12", ("555-0100", "12")),
        ("555-0100 (EXT 9)", ("555-0100", "9")),
        ("+33 1 55 50 10 10", ("+33 1 55 50 10 10", None)),
        ("fax 5550100", ("fax 5550100", None)),
        ("x12", ("x12", None)),
        ("", ("", None)),
        (None, (None, None)),
    ],
)
def test_an_extension_stands_after_x_or_ext(phone: str | None, parts: tuple[str | None, str | None]) -> None:
    assert phone_parts(phone) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@x.example; b@x.example", ("a@x.example", "b@x.example")),
        ("a@x.example,b@x.example c@x.example", ("a@x.example", "b@x.example")),
        (" ; a@x.example", ("a@x.example", None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_the_first_two_addresses_are_told_apart(
    text: str | None, found: tuple[str | None, str | None]
) -> None:
    assert emails(text) == found


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Okafor, Daniel", "Daniel", "Okafor"),
        ("Grace van der Berg", "Grace", "van der Berg"),
        ("Lee", "Lee", None),
        ("Lee,", None, "Lee"),
        (" Ana  Ruiz ", "Ana", "Ruiz"),
        (None, None, None),
    ],
)
def test_a_comma_puts_the_last_name_first(name: str | None, first: str | None, last: str | None) -> None:
    assert contact_names(name) == (first, last)


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("United States", "US"),
        ("u.s.a.", "US"),
        ("USA", "US"),
        ("us", "US"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("Deutschland", "DE"),
        ("ÉTATS UNIS", "US"),
        ("España", "ES"),
        ("Côte d’Ivoire", "CI"),
        ("The Netherlands", "NL"),
        ("Polska", "PL"),
        ("Atlantis", None),
        ("", None),
        (None, None),
    ],
)
def test_a_country_is_known_by_name_and_by_code(country: str | None, code: str | None) -> None:
    assert country_code(country) == code
