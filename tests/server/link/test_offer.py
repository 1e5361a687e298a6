"""What is on offer follows from the issuer's settings and the Link URL."""

from typing import Any

import pytest

from cardable.server.link.offer import Offer
from cardable.server.link.systems import ACCOUNTING, OTHER, catalogue, categories
from cardable.server.presentation.options import Category, Options, read_options


def offer(*, tests: bool = True, allowed: tuple[str, ...] = (), **rules: bool) -> Offer:
    return Offer(Options(categories={ACCOUNTING: Category(**rules)}, allowed_systems=allowed), tests)


def keys(held: Offer) -> set[str]:
    return {each.key for each in catalogue().values() if held.has(each)}


def test_there_is_a_category_for_each_kind_of_software_there_is() -> None:
    assert categories() == ("Accounting",)


def test_usually_everything_is_on_offer_and_a_connection_is_required() -> None:
    usual = Offer(Options(), shows_tests=True)
    assert keys(usual) == set(catalogue())
    assert (usual.is_empty, usual.is_required, usual.has_files) == (False, True, True)


def test_without_file_upload_only_what_is_connected_to_remains() -> None:
    assert keys(offer(takes_files=False)) == {"sandbox"}
    assert not offer(takes_files=False).has_files
    assert offer(takes_files=False, tests=False).is_empty


def test_a_category_that_is_off_offers_nothing_and_requires_nothing() -> None:
    held = offer(is_on=False)
    assert (held.is_empty, held.is_required) == (True, False)


def test_the_allowed_ones_say_nothing_of_tests_which_have_a_switch() -> None:
    assert keys(offer(allowed=("xero",))) == {"xero", "sandbox"}
    assert keys(offer(allowed=("xero",), tests=False)) == {"xero"}


def test_software_no_longer_allowed_still_takes_newer_files() -> None:
    assert offer(allowed=("xero",)).takes(catalogue()["sage-100"])
    assert not offer(takes_files=False).takes(catalogue()["sage-100"])


def test_ways_out_are_not_among_what_is_found() -> None:
    found = {each.key for _, systems in offer().found("") for each in systems}
    assert found == set(catalogue()) - {OTHER, "sandbox"}
    assert [each.key for each in offer().tests("SAND")] == ["sandbox"]
    assert offer(tests=False).tests("") == []


@pytest.mark.parametrize(("kept", "rules"), [
    ({}, Category()),
    ({"categories": {"Accounting": {"is_on": False, "of_later": 1}}}, Category(is_on=False)),
])  # fmt: skip
def test_settings_kept_before_or_after_are_read(kept: dict[str, Any], rules: Category) -> None:
    options = read_options(kept)
    assert options.category(ACCOUNTING) == rules
    assert options.sandbox
    assert read_options(options.kept) == options
