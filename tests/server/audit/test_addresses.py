"""Every address is either written down when visited, or named with the reason why not."""

from cardable.server.audit.actions import ACTIONS
from cardable.server.audit.addresses import AUDITED, FAMILIES, FAMILIES_NOT_AUDITED, NOT_AUDITED, rule_of
from tests.server.contracts.addresses import addresses

# Addresses with a pattern of their own stand in no list of plain ones.
_NAMES = {address.name for address in addresses()} | {"account_reset_password_from_key"}


def test_every_address_is_audited_or_named_as_not_needing_it() -> None:
    excused = {*NOT_AUDITED, *(name for name in _NAMES if name.startswith(tuple(FAMILIES_NOT_AUDITED)))}
    assert [name for name in sorted(_NAMES) if rule_of(name) is None and name not in excused] == []


def test_no_address_is_named_that_does_not_exist() -> None:
    assert {*AUDITED, *NOT_AUDITED} - _NAMES == set()
    assert all(reason for reason in NOT_AUDITED.values())


def test_no_address_is_both() -> None:
    assert set(AUDITED) & set(NOT_AUDITED) == set()


def test_every_action_of_an_address_has_words() -> None:
    rules = [*AUDITED.values(), *FAMILIES.values()]
    named = {action for rule in rules for action in (rule.view, rule.change) if action}
    assert named - set(ACTIONS) == set()


def test_every_rule_tells_something() -> None:
    assert all(rule.view or rule.change for rule in [*AUDITED.values(), *FAMILIES.values()])
