"""Jobs that make reports, mail them, and let old ones go."""

import hashlib
import tempfile
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from smtplib import SMTPException

from procrastinate.contrib.django import app

from cardable.integrations.any_spreadsheet import Notice
from cardable.language import said
from cardable.metrics import BadSettings, Customer, ImportedDate, Parameters, Period
from cardable.server import storage
from cardable.server.companies.models import Company
from cardable.server.companies.tree import lock
from cardable.server.faults import reported
from cardable.server.insights import mails, models, retention, runs
from cardable.server.insights.customers import Held, held_data, opened
from cardable.server.insights.making import Made, Occasion, Results, make_reports
from cardable.server.insights.models import ReportFile, ReportRun
from cardable.server.insights.ongoing import RETRIES, failures
from cardable.server.insights.parameters import parameters_of
from cardable.server.insights.period import NothingDated, report_period
from cardable.server.insights.schedule import daily_round, hourly_round, moment
from cardable.server.languages import languages_of
from cardable.server.presentation.images import slide_logo
from cardable.server.presentation.look import presentation_of
from cardable.server.rescue import Patience, when_given_up
from cardable.server.storage import Unreachable
from cardable.server.tenancy import acting_for

PATIENCE = Patience(Unreachable)
_BATCH = 5_000


class _NotMade(Exception):
    """Why a run has no reports, in words for the analyst."""


@app.task(name=runs.GENERATE, retry=PATIENCE)
def generate(organization_id: str, run_id: str) -> None:
    """Make the reports of a run; one that has ended already, or whose company is gone, is left alone."""
    organization = uuid.UUID(organization_id)
    try:
        with tempfile.TemporaryDirectory(prefix="cardable-") as folder:
            _generate(organization, uuid.UUID(run_id), Path(folder))
    except _NotMade as fault:
        _fail(organization, run_id, str(fault))
    except Exception as fault:
        if PATIENCE.is_for(fault):
            raise
        reference = reported(fault, runs.GENERATE)
        _fail(
            organization,
            run_id,
            said("The reports could not be made. Reference: {reference}.", reference=reference),
        )


@when_given_up(runs.GENERATE)
def run_given_up(organization_id: str, run_id: str) -> None:
    """A run that nobody tries again has failed."""
    words = said(
        "The reports could not be made, though we tried several times. Reference: {reference}.",
        reference=run_id[:8],
    )
    _fail(uuid.UUID(organization_id), run_id, words)


@app.task(name=runs.REGENERATE, retry=PATIENCE)
def regenerate(organization_id: str, company_id: str) -> None:
    """Ask for a company's reports anew, as data below it changed a while ago."""
    with acting_for(uuid.UUID(organization_id)):
        company = Company.objects.filter(id=company_id, deleting_since=None).first()
        if company and runs.has_data(company):
            runs.request_run(company)


@app.task(name=mails.MAIL, retry=Patience(SMTPException))
def mail_ongoing(organization_id: str, run_id: str, subscriber: str) -> None:
    """Tell one subscriber that a company's Ongoing Insights is ready."""
    with acting_for(uuid.UUID(organization_id)):
        run = ReportRun.objects.select_related("company", "organization").filter(id=run_id).first()
        letters = mails.ready(run, subscriber) if run else []
    for letter in letters:
        letter.send()


@app.task(name=mails.MAIL_FAILURE, retry=Patience(SMTPException))
def mail_ongoing_failure(organization_id: str, run_id: str) -> None:
    """Tell a company's owners that its Ongoing Insights was given up."""
    with acting_for(uuid.UUID(organization_id)):
        run = (
            ReportRun.objects.select_related("company__created_by__user", "organization")
            .filter(id=run_id)
            .first()
        )
        letters = mails.failed(run) if run else []
    for letter in letters:
        letter.send()


@app.task(name=retention.REMOVE, retry=PATIENCE)
def remove_data(organization_id: str, company_id: str) -> None:
    """Remove what a company brought, as it was kept long enough."""
    retention.remove_data(uuid.UUID(organization_id), uuid.UUID(company_id), datetime.now(UTC))


@app.periodic(cron="5 * * * *")
@app.task(name="insights.hourly", queueing_lock="insights.hourly", retry=PATIENCE)
def hourly(timestamp: int) -> None:
    """The chores of every hour."""
    hourly_round(moment(timestamp))


@app.periodic(cron="35 3 * * *")
@app.task(name="insights.daily", queueing_lock="insights.daily", retry=PATIENCE)
def daily(timestamp: int) -> None:
    """The chores of every night."""
    daily_round(moment(timestamp))


def _generate(organization: uuid.UUID, run_id: uuid.UUID, folder: Path) -> None:
    with acting_for(organization):
        run = _running(run_id)
        if run is None:
            return
        held, parameters = held_data(run.company), _parameters(run)
        logo = slide_logo(presentation_of(run.organization), folder)
    if not held.snapshots:
        raise _NotMade(said("There is no data to report on."))
    parameters = replace(parameters, issuer_logo=str(logo) if logo else None)
    with opened(held) as data:
        period, notices = _period(run, held, data.customer, parameters)
        with acting_for(organization):
            imported = _imported_dates(run, data.imported_dates)
        occasion = Occasion(
            period=period,
            run_date=run.run_date,
            requested_at=run.requested_at,
            is_ongoing=run.kind == runs.ONGOING,
            languages=languages_of(run.organization),
        )
        results = make_reports(data, occasion, parameters, imported, notices, folder / "run")
    if results.files and not any(each.path for each in results.files):
        raise _NotMade(results.files[0].reason)
    storage.put_folder(run.storage_prefix, folder / "run")
    with acting_for(organization):
        kept = _keep(run_id, period, results, parameters.version)
    if not kept:
        storage.delete(run.storage_prefix)


def _running(run_id: uuid.UUID) -> ReportRun | None:
    found = ReportRun.objects.select_related("company", "organization").filter(id=run_id, status="InProgress")
    return found.filter(company__deleting_since=None).first()


def _parameters(run: ReportRun) -> Parameters:
    try:
        return parameters_of(run.organization, run.company)
    except BadSettings as fault:
        raise _NotMade(said("The report settings cannot be used: {fault}", fault=fault)) from fault


def _period(
    run: ReportRun, held: Held, customer: Customer, parameters: Parameters
) -> tuple[Period, tuple[Notice, ...]]:
    if run.kind == runs.ONGOING:
        return Period.ending(run.period_end, parameters.months), ()
    try:
        return report_period(customer, run.run_date, parameters.months, is_streaming=held.is_streaming)
    except NothingDated as fault:
        raise _NotMade(said("No record has a date, so there is no period to report on.")) from fault


def _imported_dates(run: ReportRun, told: Iterable[tuple[str, str, date]]) -> tuple[ImportedDate, ...]:
    """When suppliers first appeared; what files tell holds where we do not know better."""
    _add_imported_dates(run, ((instance, supplier, day) for instance, supplier, day in told))
    kept = models.ImportedDate.objects.filter(company=run.company)
    return tuple(
        ImportedDate(supplier_id=supplier, source_instance=instance, imported_on=day, company_id=None)
        for supplier, instance, day in kept.values_list("supplier_id", "source_instance", "day")
    )


def _add_imported_dates(run: ReportRun, dates: Iterable[tuple[str, str, date]]) -> None:
    models.ImportedDate.objects.bulk_create(
        (
            models.ImportedDate(
                organization_id=run.organization_id,
                company_id=run.company_id,
                source_instance=instance,
                supplier_id=supplier[:500],
                day=day,
            )
            for instance, supplier, day in dates
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def _keep(run_id: uuid.UUID, period: Period, results: Results, version: str) -> bool:
    """End the run with its files, once; False where the company went meanwhile and the files must go."""
    run = ReportRun.objects.select_related("company").filter(id=run_id).first()
    if run is None or run.company_id not in lock([run.company_id]):
        return False
    run = ReportRun.objects.select_related("company").filter(id=run_id).first()
    if run is None:
        return False
    if run.status != "InProgress":
        return True
    run.status, run.reason, run.settings_version = "Complete", "", version
    if run.kind == runs.SPEND:
        run.period_start, run.period_end = period.start, period.end
        _add_imported_dates(run, ((*supplier, run.run_date) for supplier in results.suppliers))
    elif results.files:
        mails.mail_subscribers(run)
    run.save()
    ReportFile.objects.bulk_create(_file(run, each) for each in results.files)
    runs.show_status(run.company)
    runs.tell_success(run)
    return True


def _file(run: ReportRun, made: Made) -> ReportFile:
    size, digest = _measured(made.path) if made.path else (0, "")
    return ReportFile(
        organization_id=run.organization_id,
        run=run,
        report=made.report,
        language=made.language,
        file_name=made.file_name,
        storage_key=f"{run.storage_prefix}/{made.file_name}" if made.path else "",
        bytes=size,
        sha256=digest,
        reason=made.reason,
    )


def _measured(path: Path) -> tuple[int, str]:
    with path.open("rb") as content:
        return path.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest()


def _fail(organization: uuid.UUID, run_id: str, reason: str) -> None:
    with acting_for(organization):
        run = ReportRun.objects.select_related("company").filter(id=run_id, status="InProgress").first()
        if run:
            lock([run.company_id])
            runs.fail(run, reason)
            if run.kind == runs.ONGOING and failures(run) > RETRIES:
                mails.mail_owners(run)
