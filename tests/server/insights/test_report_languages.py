"""Reports and mails about them in the languages of the organization, each reader in its own."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from openpyxl import load_workbook

from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.insights import mails, runs
from cardable.server.insights.models import ReportFile, ReportRun
from cardable.server.organizations.models import Member, Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import bring, connect, work
from tests.server.conftest import client_of, make_member
from tests.server.portal.runs import make_run

FRENCH = "fr-ca"


@pytest.fixture
def reader(organization: Organization) -> Member:
    """A member who reads French."""
    made = make_member(organization, email="luc@demo.bank", name="Luc")
    made.user.language = FRENCH
    made.user.save()
    return made


@pytest.fixture
def outbox() -> Iterator[list[EmailMessage]]:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        yield mail.outbox


def speak(organization: Organization, *languages: str) -> None:
    organization.languages = list(languages)
    with acting_for(organization.id):
        organization.save()


def files_of(company: Company) -> dict[tuple[str, str], ReportFile]:
    with acting_for(company.organization_id):
        return {(each.report, each.language): each for each in ReportFile.objects.all()}


def content(file: ReportFile) -> BytesIO:
    return BytesIO(b"".join(storage.chunks(file.storage_key)))


def name_of_download(member: Member, company: Company, key: str = "spend-analysis") -> str:
    client: Client = client_of(member)
    address = "bundle" if key == "bundle" else f"reports/{key}"
    answer = client.get(f"/spend-insights/{company.id}/{address}")
    return str(answer["Content-Disposition"]).partition('"')[2].rstrip('"')


def test_a_run_makes_each_report_in_each_language_and_the_networks_files_once(
    company: Company, organization: Organization
) -> None:
    with acting_for(organization.id):
        wanted = ["spend-analysis", "spend-summary", "wex"]
        Organization.objects.update(report_parameters={"enabled_reports": wanted})
        organization.refresh_from_db()
    speak(organization, "en", FRENCH)
    bring(connect(company))
    work()
    files = files_of(company)
    assert sorted(files) == [
        ("bundle", "en"),
        ("bundle", FRENCH),
        ("json", "en"),
        ("spend-analysis", "en"),
        ("spend-analysis", FRENCH),
        ("spend-summary", "en"),
        ("spend-summary", FRENCH),
        ("wex", "en"),
    ]
    assert all(file.bytes for file in files.values())
    assert "Factures" in load_workbook(content(files["spend-analysis", FRENCH])).sheetnames
    assert "Bills" in load_workbook(content(files["spend-analysis", "en"])).sheetnames
    for language, mark in (("en", "_"), (FRENCH, "_fr_")):
        bundle = files["bundle", language]
        assert f"_SpendReports{mark}" in bundle.file_name
        with ZipFile(content(bundle)) as package:
            names = package.namelist()
            assert package.read("manifest.txt").count(b"INCLUDED") == 3
        assert sum(f"_SpendAnalysis{mark}2" in name or f"_SpendSummary{mark}2" in name for name in names) == 2
        assert (len(names), any("_Wex_2" in name for name in names)) == (4, True)


def test_whoever_downloads_gets_its_own_language(
    company: Company, organization: Organization, member: Member, reader: Member
) -> None:
    in_both_languages(make_run(company))
    speak(organization, "en", FRENCH)
    assert name_of_download(reader, company) == "fr.xlsx"
    assert name_of_download(member, company) != "fr.xlsx"
    assert name_of_download(reader, company, "spend-summary").endswith(".pptx")


def test_without_the_readers_language_it_is_the_organizations_first_else_what_there_is(
    company: Company, organization: Organization, member: Member, reader: Member
) -> None:
    run = make_run(company)
    speak(organization, FRENCH, "en")
    assert name_of_download(reader, company).startswith("Harbor")
    in_both_languages(run)
    with acting_for(organization.id):
        ReportFile.objects.filter(run=run, language="en").delete()
        member.user.language = "en"
        member.user.save()
    assert name_of_download(member, company) == "fr.xlsx"


def test_a_newer_run_in_another_language_comes_before_an_older_one(
    company: Company, organization: Organization, reader: Member
) -> None:
    in_both_languages(make_run(company))
    make_run(company)
    speak(organization, "en", FRENCH)
    assert name_of_download(reader, company) != "fr.xlsx"


def in_both_languages(run: ReportRun) -> None:
    """The run's workbook in French beside the English one."""
    with acting_for(run.organization_id):
        english = ReportFile.objects.get(run=run, report="spend-analysis")
        ReportFile.objects.create(
            organization_id=run.organization_id,
            run=run,
            report="spend-analysis",
            language=FRENCH,
            file_name="fr.xlsx",
            storage_key=english.storage_key,
            bytes=english.bytes,
        )


def test_ongoing_insights_are_told_in_the_recipients_language(
    company: Company, organization: Organization, member: Member, reader: Member, outbox: list[EmailMessage]
) -> None:
    speak(organization, FRENCH, "en")
    addresses = ["ada@demo.bank", "luc@demo.bank", "tom@partner.example"]
    with acting_for(organization.id):
        member.user.language = "en"
        member.user.save()
        Company.objects.update(subscriptions=addresses)
        Organization.objects.update(subscription_domains=["partner.example"])
        run = make_run(company)
        run = ReportRun.objects.select_related("company", "organization").get(id=run.id)
        letters = [letter for each in addresses for letter in mails.ready(run, mails.digest(each))]
    assert [letter.subject for letter in letters] == [
        f"Ongoing Insights for {company.name}",
        f"Ongoing Insights de {company.name}",
        f"Ongoing Insights de {company.name}",
    ]
    assert "Ouvrez une session" in letters[1].body
    assert "Sign in to see" in letters[0].body


def test_owners_are_told_the_reason_in_their_language(
    company: Company, organization: Organization, reader: Member
) -> None:
    speak(organization, "en", FRENCH)
    with acting_for(organization.id):
        company.owners.add(reader, through_defaults={"organization_id": organization.id})
        made = make_run(company)
        ReportRun.objects.filter(id=made.id).update(
            kind=runs.ONGOING, reason="There is no data to report on."
        )
        run = ReportRun.objects.select_related("company__created_by__user", "organization").get(id=made.id)
        (letter,) = mails.failed(run)
    assert "Il n’y a pas de données pour un rapport." in letter.body
    assert letter.subject == f"Ongoing Insights de {company.name} n’a pas pu être préparé"
