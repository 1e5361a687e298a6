"""Report settings: kept in versions, tried before they are saved, a company's own over the organization's."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.insights.models import ReportRun, SettingsVersion
from cardable.server.insights.parameters import parameters_of
from cardable.server.insights.suggestions import reason_for
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import bring, connect, harbor_foods, work
from tests.server.conftest import client_of

HERE = "/settings/spend-insights/"


@pytest.fixture
def developer(member_as: Any, static_files: None) -> Client:
    return client_of(member_as("Developer"))


@pytest.fixture
def harbor(company: Company) -> Company:
    """Harbor Foods with its reports made."""
    bring(connect(company), harbor_foods())
    work()
    return company


def parsed(page: Any) -> Any:
    return html.fromstring(page.content.decode())


def filled(client: Client, address: str = HERE, **changed: Any) -> dict[str, Any]:
    """What the form would send, with some answers changed."""
    sent: dict[str, Any] = {}
    for name, value in parsed(client.get(address)).get_element_by_id("report-settings").form_values():
        sent.setdefault(name, []).append(value)
    return {**sent, "do": "save", **changed}


def figures(page: Any) -> dict[str, tuple[str, str]]:
    """The preview: each figure before and after."""
    rows = parsed(page).get_element_by_id("outlook").findall(".//tbody/tr")
    texts = [[cell.text_content().strip() for cell in row] for row in rows]
    return {label: (before, after) for label, before, after, _ in texts}


def current(organization: Organization, company: Company | None = None) -> Any:
    with acting_for(organization.id):
        return parameters_of(Organization.objects.get(id=organization.id), company)


def test_saving_makes_a_version_that_says_who_and_what(developer: Client, organization: Organization) -> None:
    developer.post(HERE, filled(developer, months="6", hourly_rate="45.50"))
    found = current(organization)
    assert (found.months, str(found.hourly_rate), found.version) == (6, "45.5", "1")
    page = developer.get(f"{HERE}versions/1").content.decode()
    assert ("Months reviewed" in page, "by Developer" in page) == (True, True)
    assert "Hourly rate" in developer.get(f"{HERE}versions/").content.decode()


def test_saving_the_same_again_makes_no_version(developer: Client, organization: Organization) -> None:
    for _ in range(2):
        developer.post(HERE, filled(developer, months="6"))
    with acting_for(organization.id):
        assert SettingsVersion.objects.count() == 1


def test_an_old_version_is_put_in_force_again(developer: Client, organization: Organization) -> None:
    developer.post(HERE, filled(developer, months="6"))
    developer.post(HERE, filled(developer, months="9"))
    developer.post(f"{HERE}versions/1")
    assert (current(organization).months, current(organization).version) == (6, "3")
    assert "As in version 1." in developer.get(f"{HERE}versions/").content.decode()


def test_a_companys_own_settings_go_before_and_its_lists_are_added(
    developer: Client, organization: Organization, company: Company
) -> None:
    rows: Any = {"exclusions_kind": ["pattern"], "exclusions_value": ["*tax*"], "exclusions_reason": [""]}
    developer.post(HERE, filled(developer, months="6", **rows))
    own = f"/companies/{company.id}/report-settings/"
    developer.post(own, filled(developer, own, months="3", **rows | {"exclusions_value": ["Bolt"]}))
    found = current(organization, company)
    assert (found.months, found.version) == (3, "1, company 1")
    assert [each.pattern for each in found.exclusions] == ["*tax*", "Bolt"]
    assert (current(organization).months, found.hourly_rate) == (6, 40)


def test_vendor_matches_are_off_until_somebody_wants_them(organization: Organization) -> None:
    assert set(current(organization).enabled_reports) == {
        "spend-analysis",
        "spend-summary",
        "ongoing-insights",
    }


def test_a_preview_shows_both_figures_and_saves_nothing(
    developer: Client, harbor: Company, organization: Organization
) -> None:
    answers = filled(developer, do="preview", company=str(harbor.id))
    rows = {"exclusions_kind": ["pattern"], "exclusions_value": ["volt*"], "exclusions_reason": [""]}
    page = developer.post(HERE, answers | rows)
    found = figures(page)
    assert found["Cardable suppliers"] == ("3", "2")
    assert found["Cardable spend a year"] == ("USD\xa0105,434.24", "USD\xa046,934.24")
    with acting_for(organization.id):
        assert not SettingsVersion.objects.exists()


def test_reports_say_which_version_made_them(developer: Client, company: Company) -> None:
    developer.post(HERE, filled(developer, threshold="500"))
    bring(connect(company), harbor_foods())
    work()
    with acting_for(company.organization_id):
        run = ReportRun.objects.get()
    assert run.settings_version == "1"
    told = json.loads(b"".join(storage.chunks(f"{run.storage_prefix}/report.json")))
    assert told["parameters"]["version"] == "1"
    assert "by report settings 1" in developer.get(f"/spend-insights/{company.id}/").content.decode()


def test_a_row_is_added_and_removed_without_saving(developer: Client) -> None:
    answers = filled(developer, add_row="exclusions")
    page = developer.post(HERE, answers)
    assert page.content.decode().count('name="exclusions_value"') == 1
    page = developer.post(HERE, answers | {"add_row": "", "remove_row": "cashback_tiers:0"})
    assert page.content.decode().count('name="cashback_tiers_rate"') == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"months": "61"}, "less than or equal to 60"),
        ({"cashback_tiers_up_to": ["5", "3"]}, "give each tier but the last an amount"),
        ({"cashback_tiers_rate": ["two", "1"]}, "“two”. Write a number"),
        ({"group_currency": "EU"}, "Group currency is “EU”"),
        ({"enabled_reports": []}, "Reports: This field is required"),
    ],
)
def test_what_cannot_be_is_said_and_not_saved(
    developer: Client, organization: Organization, changed: dict[str, Any], told: str
) -> None:
    page = developer.post(HERE, filled(developer, **changed))
    assert (page.status_code, told in page.content.decode()) == (422, True)
    assert current(organization).version == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("State Tax Office", "Tax office"),
        ("IRS", "Tax office"),
        ("ADP Payroll Services", "Payroll"),
        ("Main Street Properties", "Rent"),
        ("First National Bank", "Loan or bank"),
        ("Harbor Foods East LLC", "Intercompany"),
        ("Expense report Q2", "Employee"),
        ("Pacific Paper Co", ""),
        ("Bankside Prints", ""),
    ],
)
def test_names_tell_what_is_usually_excluded(name: str, reason: str) -> None:
    assert reason_for(name, {"harbor foods"}) == reason


def test_a_suggestion_becomes_an_exclusion_in_the_form(developer: Client, company: Company) -> None:
    files = harbor_foods()
    files["suppliers.csv"] = files["suppliers.csv"].replace("Volt Energy LLC", "Volt Tax Office")
    bring(connect(company), files)
    work()
    assert "Volt Tax Office|Tax office" in developer.get(HERE).content.decode()
    page = developer.post(HERE, filled(developer, add_exclusion="Volt Tax Office|Tax office"))
    assert 'value="Volt Tax Office"' in page.content.decode()
    assert "Volt Tax Office|Tax office" not in page.content.decode()


def rates(client: Client, text: str, how: str = "add") -> Any:
    file = SimpleUploadedFile("rates.csv", text.encode())
    return client.post(f"{HERE}rates", {"file": file, "how": how})


def test_exchange_rates_come_by_csv(developer: Client, organization: Organization) -> None:
    assert rates(developer, "Date;From;To;Rate\n2026-06-30;eur;usd;1.0875\n").status_code == 302
    rates(developer, "day,from,to,rate\n2026-07-01,EUR,USD,1.09\n2026-06-30,EUR,USD,1.08\n")
    found = {str(each.day): str(each.rate) for each in current(organization).exchange_rates}
    assert found == {"2026-06-30": "1.08", "2026-07-01": "1.09"}
    developer.post(HERE, filled(developer, months="6"))
    assert len(current(organization).exchange_rates) == 2
    developer.post(f"{HERE}rates", {"do": "clear"})
    assert current(organization).exchange_rates == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("day,from,to\n2026-06-30,EUR,USD\n", "No column is headed “rate”"),
        ("day,from,to,rate\n30.06.2026,EUR,USD,1\n", "Line 2: “30.06.2026” is not a date"),
        ("day,from,to,rate\n2026-06-30,EURO,USD,1\n", "“EURO” is not a currency"),
        ("day,from,to,rate\n2026-06-30,EUR,USD,0\n", "“0” is not a rate"),
        ("day,from,to,rate\n", "has no rates"),
    ],
)
def test_a_rate_that_cannot_be_is_named_with_its_line(developer: Client, text: str, told: str) -> None:
    page = rates(developer, text)
    assert (page.status_code, told in page.content.decode()) == (422, True)


@pytest.mark.parametrize("role", ["Onboarding", "Advisor", "Analyst"])
def test_others_may_not_change_settings(
    member_as: Any, static_files: None, company: Company, role: str
) -> None:
    browser = client_of(member_as(role))
    addresses = (HERE, f"{HERE}rates", f"/companies/{company.id}/report-settings/")
    assert {browser.get(each).status_code for each in addresses} == {403}


def test_a_member_is_the_one_who_changed(
    member_as: Any, static_files: None, organization: Organization
) -> None:
    member: Member = member_as("Administrator")
    browser = client_of(member)
    browser.post(HERE, filled(browser, months="6"))
    with acting_for(organization.id):
        assert SettingsVersion.objects.get().changed_by == str(member.user)
