"""Which language a page is in: the visitor's choice among those its issuer has on, else the issuer's own."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_POST

from cardable.language import ENGLISH, LANGUAGES
from cardable.server.organizations.access import memberships_of
from cardable.server.organizations.models import Member, Organization, User

COOKIE_SECONDS = 365 * 24 * 3600
_SHORT = {"en": "EN", "fr-ca": "FR"}


@dataclass
class _Visit:
    """What one request asks for, and what it is offered."""

    chosen: str = ""
    """What the visitor chose before."""
    understood: Sequence[str] = ()
    """What its browser says it reads, the best first."""
    offered: tuple[str, ...] = field(default=(ENGLISH,))


_visit: ContextVar[_Visit] = ContextVar("visit")


@dataclass(frozen=True)
class Language:
    """A language, as its switch shows it."""

    code: str
    name: str
    short: str
    is_current: bool


class LanguageMiddleware:
    """Answers each request in its language; every request begins in English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:500])
        visit = _Visit(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), [code for code, _ in wanted])
        token = _visit.set(visit)
        try:
            with translation.override(ENGLISH):
                member: Member | None = getattr(request, "member", None)
                if member is not None:
                    visit.chosen = member.user.language or visit.chosen
                    speak_for(member.organization, by_browser=False)
                else:
                    _speak(tuple(LANGUAGES) if visit.chosen in LANGUAGES else (ENGLISH,), by_browser=False)
                response = self._get_response(request)
                response.headers.setdefault("Content-Language", translation.get_language() or ENGLISH)
        finally:
            _visit.reset(token)
        return response


def speak_for(organization: Organization, *, by_browser: bool = True) -> None:
    """From here on the page is in the visitor's language among those the organization has on."""
    _speak(languages_of(organization), by_browser=by_browser)


def speak_to_anyone() -> None:
    """From here on the page is in the visitor's language among all there are, whoever's page it is."""
    _speak(tuple(LANGUAGES), by_browser=True)


def languages_of(organization: Organization) -> tuple[str, ...]:
    """The languages an organization has on, its own first."""
    return tuple(code for code in organization.languages if code in LANGUAGES) or (ENGLISH,)


def language_of(member: Member) -> str:
    """The language a member is written to."""
    offered = languages_of(member.organization)
    return member.user.language if member.user.language in offered else offered[0]


def language_of_user(user: User) -> str:
    """The language a person is written to about its account: as where it has belonged longest."""
    with transaction.atomic():
        chosen = [language_of(member) for member in memberships_of(user)[:1]]
        # Rolling back undoes nothing but the change of whose rows are shown.
        transaction.set_rollback(True)
    return next(iter(chosen), ENGLISH)


def offered() -> list[Language]:
    """The languages this page can be read in; none where there is no choice."""
    visit = _visit.get(None)
    codes = visit.offered if visit else ()
    current = translation.get_language()
    if len(codes) < 2:
        return []
    return [Language(code, LANGUAGES[code], _SHORT[code], code == current) for code in codes]


def _speak(codes: tuple[str, ...], *, by_browser: bool) -> None:
    visit = _visit.get(None) or _Visit()
    visit.offered = codes
    read = [match for asked in visit.understood for match in codes if _means(asked, match)]
    wished = [visit.chosen, *(read if by_browser else [])]
    translation.activate(next((code for code in wished if code in codes), codes[0]))


def _means(asked: str, code: str) -> bool:
    """Whether somebody who reads `fr` or `fr-fr` is served by `fr-ca`."""
    return asked.partition("-")[0] == code.partition("-")[0]


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's choice, in its browser and, where it is signed in, with its account."""
    code, back = request.POST.get("language", ""), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if code not in LANGUAGES:
        return response
    member: Member | None = getattr(request, "member", None)
    if member is not None:
        member.user.language = code
        member.user.save(update_fields=["language"])
    remember(response, code)
    return response


def remember(response: HttpResponse, code: str) -> None:
    """Keep the choice of a language in the browser; let go of it where the code is empty."""
    if not code:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


urlpatterns = [path("language", choose, name="language")]
