"""Demo Bank: believable companies in every state, made once, their reports really generated."""

from collections import Counter

import pytest

from cardable.server import demo
from cardable.server.companies.models import Company
from cardable.server.organizations.administrators import organization_named
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import work


def bank() -> Organization:
    found = organization_named("Demo Bank")
    assert found is not None
    return found


@pytest.mark.slow
def test_demo_bank_has_companies_in_every_state(database: None) -> None:
    sign_in = demo.make()
    work()
    with acting_for(bank().id):
        companies = {company.name: company for company in Company.objects.all()}
    states = Counter(company.connection_status for company in companies.values())
    reports = Counter(company.report_status for company in companies.values())
    assert {"Linked", "Partial", "Pending", "Deauthorized", "Unlinked", "No connections"} == set(states)
    assert {"Available", "Generating", "Unavailable", "Failed"} == set(reports)
    assert companies["Northwind Hospitality Group"].report_status == "Available"
    assert demo.make() == sign_in
    with acting_for(bank().id):
        assert Company.objects.count() == len(companies)
