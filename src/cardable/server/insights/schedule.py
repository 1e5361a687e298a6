"""What is done by the clock, for each organization in turn."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from cardable.server import storage
from cardable.server.companies.jobs import sweep
from cardable.server.faults import reported
from cardable.server.insights.housekeeping import prune_runs, prune_snapshots, remove_strays, take_up
from cardable.server.insights.ongoing import request_due_runs
from cardable.server.insights.retention import apply_rule
from cardable.server.organizations.access import every_organization


def hourly_round(now: datetime) -> None:
    """Ask for the Ongoing Insights that are due, and take up what got stuck."""
    for_each(lambda organization: request_due_runs(organization, now))
    for_each(lambda organization: take_up(organization, now))


def daily_round(now: datetime) -> None:
    """Let go of data kept long enough, old runs, replaced snapshots, and files that belong to nothing."""
    for_each(lambda organization: apply_rule(organization, now))
    for_each(prune_runs)
    for_each(lambda organization: prune_snapshots(organization, now))
    for_each(sweep)
    for_each(lambda organization: remove_strays(organization, now))
    storage.remove_unfinished(older_than_seconds=24 * 3600)


def for_each(chore: Callable[[uuid.UUID], object]) -> None:
    """Do it for every organization; a fault with one must not cost the others theirs."""
    for organization in every_organization():
        try:
            chore(organization)
        except Exception as fault:
            reported(fault, f"A scheduled chore for organization {organization}")


def moment(timestamp: int) -> datetime:
    """When a scheduled job was due."""
    return datetime.fromtimestamp(timestamp, UTC)
