"""Sentences, numbers and days in each language."""

from datetime import date
from decimal import Decimal

import pytest

from cardable.language import said, said_many, speaker

ENGLISH, FRENCH = speaker("en"), speaker("fr-ca")


def test_english_says_what_was_written() -> None:
    assert said("Row {row} is empty.", row=3) == "Row 3 is empty."
    assert said_many(1, "1 row", "{count} rows") == "1 row"
    assert said_many(1234, "1 row", "{count} rows") == "1,234 rows"
    assert ENGLISH.again("The languages are English.") == "The languages are English."


def test_a_kept_sentence_is_said_again_with_its_values() -> None:
    assert FRENCH.again("The languages are English, Deutsch.") == "Les langues sont English, Deutsch."
    assert FRENCH.again("Nobody wrote this.") == "Nobody wrote this."
    assert FRENCH.again("") == ""


def test_sentences_one_after_the_other_are_said_each() -> None:
    said = "“1, 2.” is not a date. Use YYYY-MM-DD. The file is empty."
    assert FRENCH.again(said) == (
        "«\xa01, 2.\xa0» n’est pas une date. Utilisez le format AAAA-MM-JJ. Le fichier est vide."
    )
    assert FRENCH.again("The file is empty. Nobody wrote this.") == "The file is empty. Nobody wrote this."


def test_what_is_said_of_a_file_follows_its_name() -> None:
    assert FRENCH.again("bills: 1.csv: The file is empty.") == "bills: 1.csv\xa0: Le fichier est vide."
    assert FRENCH.again("bills.csv: Nobody wrote this.") == "bills.csv: Nobody wrote this."


def test_what_is_quoted_stays_as_somebody_wrote_it() -> None:
    assert FRENCH.again("“1,234.5” is not a date.") == "«\xa01,234.5\xa0» n’est pas une date."
    assert FRENCH.again("“Credit Card” is not a date.") == "«\xa0Credit Card\xa0» n’est pas une date."


def test_a_value_that_begins_a_sentence_has_its_capital() -> None:
    said = "The template for bills has no such column."
    assert FRENCH.again(said) == "Le modèle pour les factures\xa0: cette colonne n’y figure pas."


def test_a_very_long_sentence_costs_no_time() -> None:
    said = "Header “" + "a” means b in c; d" * 5_000 + "."
    assert FRENCH.again(said) == said


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert (ENGLISH.number(1234567), FRENCH.number(1234567)) == ("1,234,567", "1\xa0234\xa0567")
    assert FRENCH.number(Decimal("-1234.565"), 2) == "\N{MINUS SIGN}1\xa0234,57"
    assert (ENGLISH.percent(Decimal("0.1234")), FRENCH.percent(Decimal("0.1234"))) == ("12.3%", "12,3\xa0%")


def test_amounts_have_their_currency_on_the_right_side() -> None:
    assert ENGLISH.money(Decimal("1234.5"), "CAD") == "CAD\xa01,234.50"
    assert FRENCH.money(Decimal("1234.5"), "CAD") == "1\xa0234,50\xa0CAD"
    assert FRENCH.money(Decimal("1234.5"), None, 0) == "1\xa0235"


def test_days_are_written_as_the_language_has_them() -> None:
    assert (ENGLISH.day(date(2026, 8, 1)), FRENCH.day(date(2026, 8, 1))) == ("Aug 1, 2026", "1er août 2026")


def test_there_is_no_speaker_of_another_language() -> None:
    with pytest.raises(KeyError):
        speaker("de")


def test_labels_in_small_letters_are_said_again() -> None:
    changed = "ada@demo.bank was changed: role Analyst to Advisor, disabled."
    assert FRENCH.again(changed) == "ada@demo.bank a été modifié\xa0: rôle Analyste à Conseiller, désactivé."
    kept = "Report settings 2: months reviewed, top suppliers on the spend summary."
    assert FRENCH.again(kept) == (
        "Paramètres des rapports 2\xa0: mois examinés, principaux fournisseurs du Sommaire des dépenses."
    )
