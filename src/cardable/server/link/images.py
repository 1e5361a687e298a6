"""The issuer's images, for whoever is shown them."""

from django.http import HttpRequest, HttpResponse

from cardable.server import storage
from cardable.server.link.visits import NotValid, issuer, link_page
from cardable.server.organizations.access import organization_by_slug
from cardable.server.presentation.look import presentation_of

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""An image may draw itself, whatever it is opened in, and do nothing else."""


@link_page
def image(request: HttpRequest, slug: str, kind: str, mark: str) -> HttpResponse:
    """One image; its address changes with its content, so a browser may keep it."""
    held = presentation_of(issuer(organization_by_slug(slug))).images.get(kind)
    if held is None or held["mark"] != mark:
        raise NotValid
    try:
        content = b"".join(storage.chunks(held["key"]))
    except FileNotFoundError as gone:
        raise NotValid from gone
    response = HttpResponse(content, content_type=held["type"])
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Content-Disposition"] = "inline"
    return response
