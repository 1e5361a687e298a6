"""How a payment was made: the keywords, the order of the rules, and what the reason says."""

from typing import Any

import pytest

from cardable.metrics import Analysis, MethodOverride, Parameters
from cardable.metrics.keywords import keywords, vocabulary_pattern
from cardable.metrics.normalise import normalised
from cardable.records import BillPayment, Method
from tests.examples import expected
from tests.metrics.books import Books, Case, analysed
from tests.metrics.builders import expense, payment, supplier
from tests.metrics.plain_methods import EXTRA, phrases

SOURCES = {"field": "payment_method", "account": "account_name", "text": "note"}
CASES: list[dict[str, Any]] = expected()["methodKeywordCases"]

MORE = [
    ("field", "visa debit card", "Debit Card"),  # Equally long, the earlier phrase wins: "visa debit",
    ("field", "debit card visa", "Debit Card"),
    ("field", "wire, check", "Check"),  # and the longer one wherever it stands.
    ("field", "ACH/EFT", "Bank Transfer"),
    ("field", "Direct-Debit", "Bank Transfer"),
    ("field", "E_TRANSFER", "Bank Transfer"),
    ("field", "ＶＩＳＡ", "Credit Card"),
    ("field", "P-Card", "Credit Card"),
    ("field", "ach wire", "Bank Transfer"),
    ("field", "cash", "Cash"),
    ("field", "???", None),
    ("field", "Not  Specified.", None),
    ("field", "票check", "Other"),
    ("field", "بطاقة", "Other"),
    ("account", "cash", None),
    ("account", "CC 1009", None),
    ("account", "Checking", None),
    ("account", "Visa|Debit", "Debit Card"),
    ("text", "cc", None),
    ("text", "virement\tbancaire", "Bank Transfer"),
    ("field", "TEF", "Bank Transfer"),
    ("text", "Prélèvement, débit préautorisé", "Bank Transfer"),
    ("text", "Pre-authorized debit", "Bank Transfer"),
    ("account", "Carte d’entreprise", "Credit Card"),
    ("text", "PRÉLÈVEMENT 12", "Bank Transfer"),
    ("text", "visa 0 debit", "Credit Card"),
    ("text", "checks1", None),
    ("text", "ﬁnal check", "Check"),
    ("text", "interac e-transfer", "Bank Transfer"),
]
WANTED = [(case["source"], case["value"], case["method"]) for case in CASES] + MORE


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Every case's payment, by its ID."""
    payments = [payment(f"{n}", **{SOURCES[source]: value}) for n, (source, value, _) in enumerate(WANTED)]
    books = Books(suppliers=(supplier(),), payments=tuple(payments))
    return _payments(analysed(Case(books=(books,)), tmp_path_factory.mktemp("methods")))


@pytest.mark.parametrize(
    "number", range(len(WANTED)), ids=[f"{source}: {value}" for source, value, _ in WANTED]
)
def test_a_text_tells_a_method(read: dict[str, dict[str, Any]], number: int) -> None:
    source, _, method = WANTED[number]
    row = read[str(number)]
    assert row["inferred_method"] == (method or "Unknown")
    assert row["payment_method"] == (method if source == "field" else None)


def test_the_keyword_table_is_the_one_of_the_specification() -> None:
    ours = {(each.method, each.phrase, each.kind) for each in keywords()}
    kinds = {kind: {(method, phrase) for method, phrase in phrases(kind)} for kind in EXTRA}
    for kind, wanted in kinds.items():
        assert {(method, phrase) for method, phrase, its in ours if its in ("any", kind)} == wanted


def test_every_keyword_is_normalised_and_in_the_search() -> None:
    assert all(normalised(each.phrase) == each.phrase for each in keywords())
    assert all(word in vocabulary_pattern() for each in keywords() for word in each.phrase.split())


def _payments(analysis: Analysis) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in analysis.rows("payment_rows")}


OVERRIDES = (
    MethodOverride(source="field", value="ZE-1", method=Method.CHECK),
    MethodOverride(source="field", value="Visa", method=Method.DEBIT_CARD),
    MethodOverride(source="field", value="n/a", method=Method.CASH),
    MethodOverride(source="account", value="Compte Courant", method=Method.BANK_TRANSFER),
    MethodOverride(source="text", value="Lot 7", method=Method.CASH),
    MethodOverride(source="text", value="ordre de virement", method=Method.OTHER),
)


RULES = (
    (payment("field-first", payment_method="Check", account_name="Amex 1009", note="wire"), "Check", 1),
    (payment("blank-field", payment_method="Unknown", account_name="Amex 1009"), "Credit Card", 2),
    (payment("account-first", account_name="Petty cash", note="check 7"), "Cash", 2),
    (payment("note-first", note="check 7", reference="wire"), "Check", 3),
    (payment("reference", note="thanks", reference="EFT 7"), "Bank Transfer", 3),
    (payment("nothing", note="thanks", reference="7"), "Unknown", 4),
    (payment("unmapped-goes-on", payment_method="Contra", note="check 7"), "Check", 3),
    (payment("unmapped", payment_method="Contra"), "Other", 1),
    (payment("text-other-goes-on", payment_method="Other", account_name="Amex"), "Credit Card", 2),
    (payment("typed", payment_method_type="DebitCard", payment_method="Check"), "Debit Card", 1),
    (payment("typed-other", payment_method_type="Other", account_name="Amex"), "Other", 1),
    (payment("typed-unknown", payment_method_type="Unknown", account_name="Amex"), "Credit Card", 2),
    (payment("override", payment_method="ze 1"), "Check", 1),
    (payment("override-before-keyword", payment_method="VISA!"), "Debit Card", 1),
    (payment("override-is-exact", payment_method="Visa Gold"), "Credit Card", 1),
    (payment("override-of-a-blank", payment_method="N.A."), "Cash", 1),
    (payment("override-account", account_name="COMPTE COURANT"), "Bank Transfer", 2),
    (payment("override-of-its-kind-only", note="Compte courant"), "Unknown", 4),
    (payment("override-text", note="lot #7"), "Cash", 3),
    (payment("override-text-before-keyword", reference="Ordre de virement"), "Other", 3),
)


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    books = Books(suppliers=(supplier(),), payments=tuple(each for each, _, _ in RULES))
    case = Case(books=(books,), parameters=Parameters(method_overrides=OVERRIDES))
    return analysed(case, tmp_path_factory.mktemp("rules"))


@pytest.mark.parametrize(("told", "method", "rule"), RULES, ids=lambda each: getattr(each, "id", None))
def test_the_first_rule_that_knows_decides(
    ruled: Analysis, told: BillPayment, method: str, rule: int
) -> None:
    row = _payments(ruled)[told.id]
    assert (row["inferred_method"], row["why_rule"]) == (method, rule)


@pytest.mark.parametrize(
    ("id", "why"),
    [
        ("field-first", "Rule 1: the payment method says “check”"),
        ("account-first", "Rule 2: the account name says “petty cash”"),
        ("note-first", "Rule 3: the note says “check”"),
        ("reference", "Rule 3: the reference says “eft”"),
        ("nothing", "Rule 4: no field tells how this was paid"),
        ("unmapped", "Rule 1: the payment method is none we know, and no other field tells"),
        ("typed", "Rule 1: the accounting system states the method"),
        ("override-text", "Rule 3: an override of the issuer for the note “lot 7”"),
    ],
)
def test_the_reason_is_told_in_words(ruled: Analysis, id: str, why: str) -> None:
    assert _payments(ruled)[id]["why"] == why


def test_expenses_are_read_the_same_way(tmp_path_factory: pytest.TempPathFactory) -> None:
    books = Books(suppliers=(supplier(),), expenses=(expense("X", reference="paid by cash"),))
    analysis = analysed(Case(books=(books,)), tmp_path_factory.mktemp("expenses"))
    assert analysis.rows("expense_rows")[0]["why"] == "Rule 3: the reference says “by cash”"
