"""One edited byte, one missing row, one row put in between: the chain tells."""

import io
import sys

import pytest
from django.db import connections

from cardable.cli import main
from cardable.server import audit
from cardable.server.audit.chain import FIRST, link, verify
from cardable.server.audit.jobs import link_all
from cardable.server.audit.models import ChainLink, Entry
from cardable.server.organizations.models import Organization
from cardable.server.secrets import new_key
from cardable.server.tenancy import acting_for
from tests.server.conftest import DATA

EDITS = (
    "about = 'setting 9'",
    "actor = replace(actor, 'Ada', 'Eda')",
    "at = at + interval '1 microsecond'",
    "details = jsonb_set(details, '{page}', '\"settings-spend-insight\"')",
    "details = '{}'",
    "ip_address = '192.0.2.1'",
    "company_id = organization_id",
    "company = 'Harbor Foods'",
    "request_id = 'x'",
)


def write(organization: Organization, count: int = 5) -> None:
    with acting_for(organization.id):
        for number in range(count):
            audit.write(
                "settings.changed",
                organization=organization,
                actor="Ada Marsh <ada@demo.bank>",
                about=f"setting {number}",
                details={"fields": ["months", "threshold"], "page": "settings-spend-insights"},
            )


@pytest.fixture
def chain(organization: Organization) -> Organization:
    """An organization with five entries in its chain."""
    write(organization)
    assert link(organization.id) == 5
    return organization


def by_force(statement: str) -> int:
    """What only somebody with the whole database in hand can do."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement)
        count: int = cursor.rowcount
        cursor.execute("set session_replication_role = default")
    return count


def test_an_untouched_chain_is_whole(chain: Organization) -> None:
    found = verify(chain.id)
    assert (found.entries, found.faults) == (5, ())
    assert len(found.head) == 64


def test_each_organization_has_a_chain_of_its_own(
    chain: Organization, other_organization: Organization
) -> None:
    write(other_organization, 2)
    link_all(0)
    assert [verify(each.id).entries for each in (chain, other_organization)] == [5, 2]
    assert verify(chain.id).head != verify(other_organization.id).head


def test_linking_again_adds_only_what_is_new(chain: Organization) -> None:
    before = verify(chain.id).head
    assert link(chain.id) == 0
    write(chain, 1)
    assert (verify(chain.id).entries, verify(chain.id).faults) == (6, ())
    assert verify(chain.id).head != before


def test_an_empty_chain_is_whole(organization: Organization) -> None:
    assert verify(organization.id).head == FIRST


@pytest.mark.parametrize(
    "edit",
    EDITS,
)
def test_one_edited_value_is_found(chain: Organization, edit: str) -> None:
    third = "(select id from audit_entry order by id offset 2 limit 1)"
    assert by_force(f"update audit_entry set {edit} where id = {third}") == 1  # noqa: S608
    (fault,) = verify(chain.id).faults
    assert "linked as 3, was changed" in fault


@pytest.mark.parametrize("edit", [*EDITS, "seal = null", "seal = replace(seal, ':', 'x:')"])
def test_one_value_edited_before_it_is_linked_is_found(organization: Organization, edit: str) -> None:
    write(organization)
    second = "(select id from audit_entry order by id offset 1 limit 1)"
    assert by_force(f"update audit_entry set {edit} where id = {second}") == 1  # noqa: S608
    (fault,) = verify(organization.id).faults
    assert "linked as 2, was changed or put in before it was linked" in fault


def test_an_entry_put_in_a_moment_ago_is_found(chain: Organization) -> None:
    by_force(
        "insert into audit_entry"
        " (organization_id, at, action, actor, browser, company, about, details, request_id)"
        " select organization_id, now(), action, 'Eve', '', '', '', '{}', ''"
        " from audit_entry order by id limit 1"
    )
    (fault,) = verify(chain.id).faults
    assert "linked as 6, was changed or put in before it was linked" in fault


def test_entries_of_before_there_were_seals_stay_good(organization: Organization) -> None:
    write(organization, 2)
    by_force("update audit_entry set seal = null")
    assert link(organization.id) == 2
    write(organization, 2)
    assert (verify(organization.id).entries, verify(organization.id).faults) == (4, ())


def test_a_key_that_was_dropped_leaves_the_chain_whole(
    chain: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cardable.server.audit.seals.keys", lambda: (new_key(),))
    assert verify(chain.id).faults == ()


def test_a_removed_entry_is_found(chain: Organization) -> None:
    by_force("delete from audit_entry where about = 'setting 2'")
    assert "linked as 3, is missing" in verify(chain.id).faults[0]


def test_an_entry_removed_with_its_link_is_found(chain: Organization) -> None:
    by_force("delete from audit_entry where about = 'setting 2'")
    by_force("delete from audit_chainlink where sequence = 3")
    assert verify(chain.id).faults[0] == "link 3 is missing; the next one is 4"


def test_two_entries_that_changed_places_are_found(chain: Organization) -> None:
    by_force(
        "update audit_chainlink a set entry_id = -b.entry_id from audit_chainlink b"
        " where a.sequence + b.sequence = 5"
    )
    by_force("update audit_chainlink set entry_id = -entry_id where entry_id < 0")
    assert len(verify(chain.id).faults) == 4


def test_an_entry_put_in_long_ago_is_found(chain: Organization) -> None:
    by_force(
        "insert into audit_entry"
        " (organization_id, at, action, actor, browser, company, about, details, request_id)"
        " select organization_id, at - interval '3 days', action, 'Eve', '', '', '', '{}', ''"
        " from audit_entry order by id limit 1"
    )
    assert "is in no chain" in verify(chain.id).faults[0]


def run(*arguments: str) -> int:
    return main([*arguments, "--data", str(DATA)])


def test_the_command_says_whole_or_touched(
    chain: Organization, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run("verify-audit") == 0
    assert "Demo Bank: whole, 5 entries, last hash " in capsys.readouterr().out
    by_force("update audit_entry set about = 'Setting 2' where about = 'setting 2'")
    assert run("verify-audit") == 2
    assert "Demo Bank: TOUCHED" in capsys.readouterr().out


def test_a_late_entry_is_linked_after_younger_ones(
    chain: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was written in a transaction that ended after the chain had grown."""
    with acting_for(chain.id):
        last = Entry.objects.latest("id")
        late = Entry.objects.create(organization=chain, action="sign-in", actor="Ada", at=last.at)
    assert link(chain.id) == 1
    with acting_for(chain.id):
        assert ChainLink.objects.get(entry=late).sequence == 6
    assert verify(chain.id).faults == ()
