"""Which companies of a delivery count where."""

from pathlib import Path

import pytest

from cardable.integrations.any_spreadsheet import CompanyData, Delivery
from cardable.records import Bill, CompanyInfo, Supplier
from cardable.server.connections.entities import Choice, chosen_anew, entity_key
from cardable.server.syncs.division import Division, divided
from cardable.server.syncs.faults import NotUsable

SPLIT = Choice(is_split=True)


def company(id: str, name: str = "", record: type = Bill) -> CompanyData:
    return CompanyData(
        id=id, name=name or id, parent_id=None, source_instance=id, base_currency="USD", info=CompanyInfo(),
        tables={record: Path(id)}, rows={record: 1},
    )  # fmt: skip


def delivery(*companies: CompanyData) -> Delivery:
    return Delivery(
        companies=companies, imported_dates=None, exchange_rates=None, files=(), problems=(),
        problem_rows=Path("none"), notices=(),
    )  # fmt: skip


TWO = delivery(company("east"), company("west"))


def ids(division: Division) -> tuple[str, str, str]:
    """The IDs in each place."""
    own, apart, left_out = (
        " ".join(each.id for each in some) for some in (division.own, division.apart, division.left_out)
    )
    return own, apart, left_out


@pytest.mark.parametrize(
    ("choice", "places"),
    [
        (None, ("east west", "", "")),
        (Choice(is_split=False), ("east west", "", "")),
        (Choice(is_split=False, only="west"), ("west", "", "east")),
        (SPLIT, ("", "east west", "")),
        (Choice(is_split=True, left_out=frozenset({"east"})), ("", "west", "east")),
        (Choice(is_split=True, taken_out=frozenset({"west"})), ("", "east", "west")),
    ],
)
def test_companies_count_where_the_customer_chose(
    choice: Choice | None, places: tuple[str, str, str]
) -> None:
    assert ids(divided(TWO, choice, "Harbor Foods")) == places


def test_one_company_alone_stays_whole_unless_it_was_apart_before() -> None:
    one = delivery(company("east"))
    assert ids(divided(one, SPLIT, "Harbor Foods")) == ("east", "", "")
    assert ids(divided(one, SPLIT, "Harbor Foods", known={"east"})) == ("", "east", "")


def test_what_belongs_to_no_entity_stays_with_the_company() -> None:
    found = delivery(company("e", "HARBOR FOODS"), company("west"), company("group", record=Supplier))
    assert ids(divided(found, SPLIT, "Harbor Foods")) == ("e group", "west", "")


def test_nothing_chosen_is_a_fault_in_words() -> None:
    with pytest.raises(NotUsable, match="nothing of the company that was chosen"):
        divided(TWO, Choice(is_split=False, only="north"), "Harbor Foods")


def test_what_is_left_out_is_told() -> None:
    (notice,) = divided(TWO, Choice(is_split=False, only="west"), "Harbor Foods").notices
    assert notice.message == "The customer left out what the files hold of east."


def test_sharing_again_what_the_issuer_let_go_of_makes_the_data_anew() -> None:
    before = Choice(is_split=True, taken_out=frozenset({"west"}))
    assert chosen_anew(before, SPLIT).asked != before.asked
    assert chosen_anew(before, Choice(is_split=True, left_out=frozenset({"west"}))).again == 0


def test_an_id_is_known_again_however_long_it_is() -> None:
    one, other = entity_key("x" * 500), entity_key("x" * 501)
    assert one != other
    assert len(one) <= 200
