"""The screens around the reports: choose software, agree, what happens next, finish, leave."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from cardable.language import said
from cardable.server import events
from cardable.server.connections.consents import consent_text, record_consent
from cardable.server.connections.entities import choice_of
from cardable.server.connections.models import LET_GO, Connection, ConnectionEvent
from cardable.server.connections.status import refresh
from cardable.server.link import redirects, steps
from cardable.server.link.connections import gives_way, take_up
from cardable.server.link.entities import Entity, awaits_choice, entities_in, shared_of
from cardable.server.link.reports import ASKED, REPORTS, missing, received, reports_of
from cardable.server.link.summaries import received_kinds
from cardable.server.link.systems import OTHER, System, catalogue, system
from cardable.server.link.visits import Visit, admitted, must_offer, of_connection
from cardable.server.presentation.look import look_of
from cardable.server.syncs.counted import set_aside
from cardable.server.syncs.requests import is_changed, request_reading
from cardable.server.ui.templatetags.ui import again

_UNCHECKED = ("Received", "Reading", "Read")


@admitted
def software(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose the software; what is connected already says so."""
    offer = visit.offer
    if request.method == "POST":
        chosen = system(request.POST.get("system", ""))
        if chosen and offer.has(chosen):
            return _chosen(visit, chosen)
    words = request.GET.get("q", "").strip()
    held = list(visit.connections.order_by("created_at"))
    offered, tests, other = offer.found(words), offer.tests(words), catalogue()[OTHER]
    return steps.shown(
        request,
        visit,
        "software",
        steps.DONE if offer.is_empty else steps.SOFTWARE,
        None,
        words=words,
        groups=offered,
        tests=tests,
        found=sum(len(each) for _, each in offered) + len(tests),
        offer=offer,
        other=other if offer.has(other) else None,
        may_skip=not offer.is_required and not any(each.status == "Linked" for each in held),
        linked=[each for each in held if each.status == "Linked"],
        pending=[each for each in held if each.status == "PendingAuth"],
        let_go=[each for each in held if each.status in LET_GO],
        shared_above=_shared_above(visit),
    )


@admitted
@require_POST
def go_without(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The end of a journey that needs no connection."""
    if visit.offer.is_required:
        return redirect(visit.url("link-software"))
    words = said("{company} went on without connecting its software.", company=visit.company.name)
    events.record("link.skipped", words, company=visit.company)
    linked = Connection.objects.filter(company=visit.company, status="Linked").exists()
    return redirect(visit.ended((redirects.UNCHANGED if linked else redirects.DONE).code))


@of_connection
def consent(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """What sharing means; the agreement is kept word for word."""
    platform = connection.platform_name if connection.system != OTHER else gettext("your own software")
    look = look_of(visit.organization, company=visit.company.name, platform=platform)
    text = consent_text(look, is_test=_system(connection).is_test)
    is_unticked = request.method == "POST" and bool(text.tick) and "agree" not in request.POST
    # A text that changed while it was being read was not agreed to.
    if request.method == "POST" and not is_unticked and request.POST.get("mark") == text.mark:
        record_consent(connection, text, request)
        words = said(
            "{company} agreed to share its data from {platform}.",
            company=visit.company.name,
            platform=connection.platform_name,
        )
        events.record("connection.consented", words, company=visit.company)
        following = _after_consent(connection)
        steps.reach(connection, following)
        return redirect(steps.address(visit, connection, following))
    faults = [gettext("Tick the box to agree.")] if is_unticked else []
    return steps.shown(
        request, visit, "consent", steps.CONSENT, connection,
        text=text, faults=faults, status=422 if faults else 200,
    )  # fmt: skip


def _after_consent(connection: Connection) -> str:
    """Whoever comes back with all that is needed only looks at it once more."""
    chosen = _system(connection)
    brought = connection.linked_at and not chosen.is_live
    has_all = brought and not missing(chosen, received(connection))
    return steps.COMPLETE if has_all else steps.after(connection, steps.CONSENT)


@steps.with_files
def how(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """How the exchange works, before it begins."""
    if not steps.has_agreed(connection):
        return redirect(steps.address(visit, connection, steps.CONSENT))
    if request.method == "POST":
        following = steps.after(connection, steps.HOW)
        steps.reach(connection, following)
        return redirect(steps.address(visit, connection, following))
    return steps.shown(request, visit, "how", steps.HOW, connection, reports=_asked(connection))


@steps.with_files
def complete(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """What came, what did not, and the button that hands it over."""
    if not steps.has_agreed(connection):
        return redirect(steps.address(visit, connection, steps.CONSENT))
    kinds, unchecked, found = received(connection), _unchecked(connection), entities_in(connection)
    lacking = missing(_system(connection), kinds)
    if not lacking and not unchecked and awaits_choice(connection, found):
        return redirect(steps.address(visit, connection, steps.ENTITIES))
    if request.method == "POST" and connection.status in LET_GO:
        # Files brought to a connection that was let go are handed over once the customer agrees anew.
        must_offer(visit, connection)
        take_up(connection)
        return redirect(steps.address(visit, connection, connection.step))
    if request.method == "POST" and not lacking and not unchecked:
        connection.step = steps.DONE
        connection.error = ""
        connection.save(update_fields=["step", "error"])
        request_reading(connection)
        words = said(
            "{company} shared its files from {platform}.",
            company=visit.company.name,
            platform=connection.platform_name,
        )
        events.record("link.completed", words, company=visit.company)
        return redirect(visit.ended(redirects.DONE.code, connection))
    steps.reach(connection, steps.COMPLETE)
    return steps.shown(
        request,
        visit,
        "complete",
        steps.COMPLETE,
        connection,
        status=422 if request.method == "POST" else 200,
        summary=received_kinds(kinds),
        lost=[REPORTS[key] for key in ASKED if key not in kinds and REPORTS[key].loses],
        lacking=lacking,
        lacking_step=_lacking_step(visit, connection, kinds),
        unchecked=unchecked,
        entities=_entities(connection, found),
        gives_way=gives_way(connection),
        first=steps.address(visit, connection, reports_of(_system(connection))[0].key),
        back=steps.address(visit, connection, steps.before(connection, steps.COMPLETE)),
    )


@of_connection
def manage(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """What was received, for customers who come back, and the way to bring more."""
    if connection.step != steps.DONE:
        return redirect(steps.address(visit, connection, connection.step))
    reports = reports_of(_system(connection)) if visit.offer.takes(_system(connection)) else ()
    uploads = connection.uploads.filter(status="Confirmed").order_by("-received_at")
    is_let_go = connection.status in LET_GO
    return steps.shown(
        request, visit, "manage", steps.DONE, connection,
        uploads=[_listed(each) for each in uploads],
        first=steps.address(visit, connection, reports[0].key) if reports else "",
        waiting=connection.uploads.filter(status__in=_UNCHECKED).exists(),
        is_let_go=is_let_go,
        aside=set_aside([visit.company.id]).get(connection.id),
        entities=_entities(connection, entities_in(connection)),
        is_changed=not is_let_go and not connection.error and is_changed(connection),
    )  # fmt: skip


@admitted
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Asks before the journey is left."""
    mine = visit.connections
    given = request.GET.get("from", "")
    connection = next((each for each in mine if str(each.id) == given), None)
    if request.method == "POST":
        linked = mine.filter(status="Linked").exists()
        ending = redirects.UNCHANGED if linked else redirects.LEFT
        return redirect(visit.ended(ending.code, connection))
    back = steps.address(visit, connection, connection.step) if connection else visit.url("link-software")
    return steps.shown(request, visit, "leave", steps.DONE, connection, back=back, exit_href="")


@admitted
@require_http_methods(["GET", "HEAD"])
def ended(request: HttpRequest, visit: Visit, code: int) -> HttpResponse:
    """The last screen: back to the issuer's page, or thanks."""
    given = request.GET.get("from", "")
    connection = next((each for each in visit.connections if str(each.id) == given), None)
    ending = redirects.ENDINGS.get(code, redirects.FAILED)
    is_over = connection.step == steps.DONE if connection else not visit.offer.is_required
    if ending is redirects.DONE and not is_over:
        # Nobody is told of an end that did not come.
        ending = redirects.LEFT
    onward = redirects.address_after(visit, connection, ending)
    begin = visit.url("link-company")
    return steps.shown(
        request, visit, "ended", steps.DONE, connection,
        ending=ending, onward=onward, begin=begin, exit_href="", offer=visit.offer,
    )  # fmt: skip


def _chosen(visit: Visit, chosen: System) -> HttpResponse:
    """Begin with this software, or go on with it; a journey not yet over changes its software."""
    mine = visit.connections.filter(is_streaming=False).order_by("-created_at")
    over = mine.filter(system=chosen.key, step=steps.DONE)
    known = over.filter(status__in=("Linked", "PendingAuth")).first()
    if known:
        return redirect(steps.address(visit, known, steps.DONE))
    pending = mine.filter(status="PendingAuth", linked_at=None).exclude(step=steps.DONE).first()
    begun = mine.filter(system=chosen.key, status="PendingAuth").exclude(step=steps.DONE).first()
    let_go = over.filter(status__in=LET_GO).first()
    if let_go and not begun:
        take_up(let_go)
        begun = let_go
    if pending and not _may_become(pending, chosen):
        pending = None
    if pending and not begun:
        pending.system, pending.platform_name, pending.source_type = chosen.key, chosen.name, chosen.category
        pending.step, pending.skipped = steps.CONSENT, []
        pending.save(update_fields=["system", "platform_name", "source_type", "step", "skipped"])
        refresh(visit.company)
    connection = begun or pending or _begun(visit, chosen)
    return redirect(steps.address(visit, connection, connection.step))


def _may_become(pending: Connection, chosen: System) -> bool:
    """Whether a connection may change its software; files that customers brought never mix with others."""
    was = system(pending.system)
    return (was is not None and was.is_live == chosen.is_live) or not pending.uploads.exists()


def _begun(visit: Visit, chosen: System) -> Connection:
    made = Connection.objects.create(
        organization=visit.organization,
        company=visit.company,
        system=chosen.key,
        platform_name=chosen.name,
        source_type=chosen.category,
        step=steps.CONSENT,
    )
    ConnectionEvent.objects.create(organization=visit.organization, connection=made, kind="Started")
    refresh(visit.company)
    words = said("{company} began to connect {platform}.", company=visit.company.name, platform=chosen.name)
    events.record("connection.created", words, company=visit.company)
    return made


def _system(connection: Connection) -> System:
    return catalogue()[connection.system]


def _asked(connection: Connection) -> list[Any]:
    return list(reports_of(_system(connection)))


def _entities(connection: Connection, found: list[Entity]) -> dict[str, Any] | None:
    """The companies of the files as they were chosen; None where there is one only."""
    choice = choice_of(connection)
    shared, left_out = shared_of(found, choice)
    if not found:
        return None
    return {"shared": shared, "left_out": left_out, "splits": choice.is_split if choice else False}


def _shared_above(visit: Visit) -> list[str]:
    """The software whose files, shared by another company of the group, hold this company's data."""
    found = Connection.objects.filter(company=visit.company, origin__isnull=False, status="Linked")
    return [again(name) for name in found.values_list("platform_name", flat=True)]


def _lacking_step(visit: Visit, connection: Connection, kinds: Any) -> str:
    needed = [r.key for r in reports_of(_system(connection)) if not r.loses and r.key not in kinds]
    return steps.address(visit, connection, needed[0]) if needed else ""


def _unchecked(connection: Connection) -> list[Any]:
    """Files that came and were neither confirmed nor removed."""
    return list(connection.uploads.filter(status__in=_UNCHECKED).order_by("received_at"))


def _listed(upload: Any) -> dict[str, Any]:
    return {"name": upload.file_name, "size": upload.bytes, "at": upload.received_at, "status": upload.status}
