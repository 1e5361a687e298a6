"""How pages write amounts, days and names."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from cardable.server.ui.moments import since
from cardable.server.ui.statuses import status_kind, status_words
from cardable.server.ui.templatetags import ui


def test_an_amount_has_two_decimals_rounded_half_up_in_groups_of_three() -> None:
    assert ui.money(Decimal("1234567.885"), "USD") == "USD\xa01,234,567.89"


def test_a_negative_amount_carries_a_true_minus_sign() -> None:
    assert ui.money(Decimal("-52.5")) == "\N{MINUS SIGN}52.50"


def test_what_is_not_known_is_a_dash() -> None:
    assert {ui.money(None), ui.count(None), ui.percent(None), ui.days(None), ui.day(None)} == {"—"}


def test_zero_is_written_out() -> None:
    assert (ui.money(0), ui.percent(0), ui.count(0)) == ("0.00", "0.0%", "0")


@pytest.mark.parametrize(
    ("amount", "words"),
    [("999", "999"), ("1250", "1.3K"), ("-4870220", "\N{MINUS SIGN}4.9M"), ("2e9", "2.0B")],
)
def test_a_short_amount_keeps_its_size(amount: str, words: str) -> None:
    assert ui.short_money(Decimal(amount)) == words


def test_days_keep_one_decimal_where_they_need_it() -> None:
    assert (ui.days(1), ui.days(30), ui.days(Decimal("32.55"))) == ("1\xa0day", "30\xa0days", "32.6\xa0days")


def test_a_moment_is_written_as_the_portal_shows_it() -> None:
    shown = ui.moment(datetime(2026, 2, 12, 14, 5, tzinfo=UTC))
    assert shown == '<time datetime="2026-02-12T14:05:00+00:00">Feb 12, 2026, 14:05</time>'


def test_a_day_is_written_as_the_portal_shows_it() -> None:
    assert ui.day(date(2026, 2, 12)) == '<time datetime="2026-02-12">Feb 12, 2026</time>'


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=59), "1 month ago"),
    ],
)
def test_what_is_past_is_told_in_its_largest_unit(gone: timedelta, words: str) -> None:
    assert since(gone) == words


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Marsh", "AM"), ("(x) Øre & Co", "ØC"), ("", "?"), ("李", "李")]
)
def test_initials_come_from_the_first_two_words(name: str, letters: str) -> None:
    assert ui.initials(name) == letters


def test_a_pending_connection_is_called_pending_and_waits() -> None:
    assert (status_words("PendingAuth"), status_kind("PendingAuth")) == ("Pending", "wait")


def test_figures_and_days_are_written_in_the_readers_language() -> None:
    with translation.override("fr-ca"):
        assert ui.money(Decimal("-1234.5"), "CAD") == "\N{MINUS SIGN}1\xa0234,50\xa0CAD"
        assert (ui.short_money(1250, "CAD"), ui.percent(Decimal("0.125"))) == ("1,3\xa0k\xa0CAD", "12,5\xa0%")
        assert [ui.days(each) for each in (0, Decimal("1.5"), 2)] == [
            "0\xa0jour",
            "1,5\xa0jour",
            "2\xa0jours",
        ]
        assert "12 févr. 2026, 14\xa0h\xa005" in ui.moment(datetime(2026, 2, 12, 14, 5, tzinfo=UTC))
        assert (ui.short_month(date(2026, 6, 1)), ui.short_month(date(2026, 7, 1))) == ("juin", "juill.")
        assert (since(timedelta(hours=23)), status_words("PendingAuth")) == ("il y a 23 heures", "En attente")
