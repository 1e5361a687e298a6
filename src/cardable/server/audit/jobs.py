"""The chore that links what was written since it last ran."""

import logging

from procrastinate.contrib.django import app

from cardable.server.audit.chain import link
from cardable.server.faults import reported
from cardable.server.organizations.access import every_organization

log = logging.getLogger("cardable.audit")


@app.periodic(cron="* * * * *")
@app.task(name="audit.link", queueing_lock="audit.link")
def link_all(timestamp: int) -> None:
    """Add each organization's new entries to its chain; a fault with one costs the others nothing."""
    for organization in every_organization():
        try:
            link(organization)
        except Exception as fault:
            reported(fault, f"Linking the audit log of organization {organization}")
