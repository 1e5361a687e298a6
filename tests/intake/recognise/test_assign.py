from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from cardable.intake.recognise.assign import best_assignment

USES = ("amount", "due_date", "entity", "supplier_name")
COLUMNS = st.lists(
    st.dictionaries(st.sampled_from(USES), st.integers(1, 9).map(lambda n: n / 10)), max_size=4
)
NOTHING = 0.35


def worth(columns: list[dict[str, float]], uses: list[str | None]) -> float:
    return sum(NOTHING if use is None else columns[c].get(use, -9.0) for c, use in enumerate(uses))


def best_worth(columns: list[dict[str, float]]) -> float:
    """By trying every way to hand out the uses, or none, to the columns."""
    choices: list[str | None] = [*USES, *([None] * len(columns))]
    return max(worth(columns, list(choice)) for choice in permutations(choices, len(columns)))


@settings(deadline=None)
@given(COLUMNS)
def test_no_other_way_to_hand_out_the_uses_is_worth_more(columns: list[dict[str, float]]) -> None:
    uses = best_assignment(columns, [NOTHING] * len(columns))
    assert abs(worth(columns, uses) - best_worth(columns)) < 1e-9


def test_a_use_goes_to_one_column_only() -> None:
    assert best_assignment([{"amount": 0.9}, {"amount": 0.8}], [0.3, 0.3]) == ["amount", None]


def test_the_second_best_use_is_taken_where_all_gain_by_it() -> None:
    columns = [{"account": 0.9, "description": 0.8}, {"account": 0.85}]
    assert best_assignment(columns, [0.3, 0.3]) == ["description", "account"]
