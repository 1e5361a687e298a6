"""Company names as they are kept and compared."""

import pytest

from cardable.server.companies.names import clean_name, folded_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Example Company (X[1])", "Example Company X1"),
        ("  A   <b>B</b>  ", "A bBb"),
        ("O'Neil & Sons, Inc. @Home - what?!", "O'Neil & Sons, Inc. @Home - what?!"),
        ("Ma\N{COMBINING RING ABOVE}rs", "M\N{LATIN SMALL LETTER A WITH RING ABOVE}rs"),
        ("شركة الميناء", "شركة الميناء"),
        ("हिन्दी ट्रेडर्स", "हिन्दी ट्रेडर्स"),
        ("株式会社", "株式会社"),
        ("A\N{RIGHT-TO-LEFT OVERRIDE}B\tC\nD", "AB C D"),
        ("[()]", ""),
    ],
)
def test_a_name_keeps_letters_digits_and_a_few_marks(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept
    assert clean_name(kept) == kept


def test_names_are_compared_without_case_and_accents() -> None:
    assert folded_name("Café MUÑOZ Straße") == "cafe munoz strasse"
    assert len(folded_name("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 200)) == 250
