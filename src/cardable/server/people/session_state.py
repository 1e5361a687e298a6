"""How long a page's reader stays signed in, asked by the page itself before it warns."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from cardable.server.organizations.sessions import note_use, seconds_left


def session_state(request: HttpRequest) -> HttpResponse:
    """Seconds until the session ends unused and at the latest; asked by POST, the reader goes on."""
    if not request.user.is_authenticated:
        return JsonResponse({"idle": 0, "ends": 0})
    if request.method == "POST":
        note_use(request, at_once=True)
    idle, ends = seconds_left(request)
    return JsonResponse({"idle": idle, "ends": ends})
