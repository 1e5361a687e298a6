"""The screen on which a customer says which of the companies in its files it shares."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from cardable.language import said
from cardable.server import events
from cardable.server.connections.entities import Choice, choice_of, chosen_anew, keep_choice
from cardable.server.connections.models import Connection
from cardable.server.link import steps
from cardable.server.link.entities import Entity, entities_in, is_split, shared_of
from cardable.server.link.visits import Visit


@steps.with_files
def entities(request: HttpRequest, visit: Visit, connection: Connection) -> HttpResponse:
    """All of them ticked where each becomes a company of its own; else the group, or one of them."""
    if not steps.has_agreed(connection):
        return redirect(steps.address(visit, connection, steps.CONSENT))
    found, splits = entities_in(connection), is_split(connection)
    if not found:
        return redirect(steps.address(visit, connection, steps.COMPLETE))
    before = choice_of(connection)
    choice = before if before and before.is_split == splits else Choice(is_split=splits)
    faults = []
    if request.method == "POST":
        choice = _chosen(request, found, splits)
        if any(choice.shares(each.key) for each in found):
            _keep(connection, found, before, choice)
            steps.reach(connection, steps.COMPLETE)
            return redirect(steps.address(visit, connection, steps.COMPLETE))
        faults = [gettext("Tick at least one company.") if splits else gettext("Choose one of them.")]
    return steps.shown(
        request,
        visit,
        "entities",
        steps.ENTITIES,
        connection,
        status=422 if faults else 200,
        faults=faults,
        splits=splits,
        choice=choice,
        entities=[(each, choice.shares(each.key)) for each in found],
        back=steps.address(visit, connection, steps.before(connection, steps.ENTITIES)),
    )


def _chosen(request: HttpRequest, found: list[Entity], splits: bool) -> Choice:
    if not splits:
        return Choice(is_split=False, only=request.POST.get("only", ""))
    ticked = set(request.POST.getlist("entity"))
    return Choice(is_split=True, left_out=frozenset(each.key for each in found if each.key not in ticked))


def _keep(connection: Connection, found: list[Entity], before: Choice | None, choice: Choice) -> None:
    choice = chosen_anew(before, choice)
    if choice == before:
        return
    keep_choice(connection, choice)
    shared, left_out = shared_of(found, choice)
    names = ", ".join(each.name for each in shared)
    words = said("{company} shares {names}.", company=connection.company.name, names=names)
    if left_out:
        others = ", ".join(each.name for each in left_out)
        words = said(
            "{company} shares {names} and leaves out {others}.",
            company=connection.company.name,
            names=names,
            others=others,
        )
    events.record("link.entities", words, company=connection.company)
