"""The count behind `make accuracy`."""

from bench.accuracy import Answer, Score, report


def answer(wanted: str | None, given: str | None, *also: str | None, sure: float = 0.9) -> Answer:
    return Answer("Date", wanted, given, also, sure)


def lines(*scores: Score) -> str:
    return "\n".join(report(list(scores)))


def test_a_column_counts_where_the_truth_or_the_answer_maps_it() -> None:
    file = Score("a.csv", (answer("amount", "amount"), answer(None, "city"), answer(None, None)), ())
    assert "Columns right:        1 of 2 (50.0%)" in lines(file)


def test_an_alternate_is_right() -> None:
    assert answer("issue_date", None, None).is_right
    assert answer("issue_date", "due_date", "due_date").is_right
    assert not answer("issue_date", None).is_right


def test_a_file_with_a_wrong_fact_is_not_entirely_right() -> None:
    wrong = Score("a.csv", (answer("amount", "amount"),), ("kind 'bills', not 'payments'",))
    assert "Files entirely right: 1 of 2 (50.0%)" in lines(
        wrong, Score("b.csv", (answer("city", "city"),), ())
    )


def test_refused_files_are_counted_apart() -> None:
    said = lines(
        Score("a.pdf", (), (), "Bring a spreadsheet."), Score("b.csv", (answer("city", "city"),), ())
    )
    assert "Files refused:        1" in said
    assert "Files entirely right: 1 of 1 (100.0%)" in said


def test_confidence_that_is_low_where_wrong_is_honest() -> None:
    file = Score("a.csv", (answer("city", "city", sure=0.9), answer("city", "region", sure=0.4)), ())
    assert "in 100% of pairs" in lines(file)
