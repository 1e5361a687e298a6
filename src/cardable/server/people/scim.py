"""SCIM 2.0 (RFC 7644): an organization's directory lists, adds, changes and disables its users."""

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from cardable.server.organizations.access import organization_by_slug
from cardable.server.organizations.models import Member
from cardable.server.people import provisioning, scim_json
from cardable.server.people.models import ProvisioningToken
from cardable.server.tenancy import act_for

MOST = 200
_TYPE = "application/scim+json"
View = Callable[..., HttpResponse]


def base_of(slug: str) -> str:
    """The address that a directory is given."""
    return settings.ENVIRONMENT.base_url + reverse("scim-config", args=[slug]).removesuffix(
        "/ServiceProviderConfig"
    )


def for_directories(*methods: str) -> Callable[[View], View]:
    """Lets in whoever shows one of the organization's tokens; faults are told as SCIM tells them."""

    def mark(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def asked(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
            if request.method not in methods:
                return _fault(405, "This address does not do that.")
            token = _token(request, slug)
            if token is None:
                answer = _fault(401, "Show a token of this organization as “Authorization: Bearer …”.")
                answer["WWW-Authenticate"] = 'Bearer realm="scim"'
                return answer
            try:
                with transaction.atomic():
                    return view(request, token, **parts)
            except provisioning.AlreadyThere as fault:
                return _fault(409, f"{fault} is a user already.", "uniqueness")
            except ValidationError as fault:
                return _fault(400, " ".join(fault.messages), "invalidValue")

        return asked

    return mark


@for_directories("GET", "POST")
def users(request: HttpRequest, token: ProvisioningToken) -> HttpResponse:
    """Those a filter asks for, or one more."""
    if request.method == "POST":
        member = provisioning.add(token, scim_json.said_of(_body(request)))
        return _user(member, status=201)
    found = _members(token).filter(**scim_json.wanted(request.GET.get("filter", "")))
    start = max(1, _number(request.GET.get("startIndex"), 1))
    count = min(MOST, max(0, _number(request.GET.get("count"), MOST)))
    page = found.order_by("created_at", "id")[start - 1 : start - 1 + count]
    base = base_of(token.organization.slug)
    resources = [scim_json.resource(member, base) for member in page]
    return _json(
        {
            "schemas": [scim_json.LIST],
            "totalResults": found.count(),
            "startIndex": start,
            "itemsPerPage": len(resources),
            "Resources": resources,
        }
    )


@for_directories("GET", "PUT", "PATCH", "DELETE")
def user(request: HttpRequest, token: ProvisioningToken, id: uuid.UUID) -> HttpResponse:
    """One of them; deleting disables, so that its history stays."""
    member = _members(token).filter(id=id).first()
    if member is None:
        return _fault(404, "There is no such user.")
    if request.method == "DELETE":
        provisioning.change(token, member, {"is_active": False})
        return HttpResponse(status=204)
    if request.method == "PUT":
        provisioning.change(token, member, scim_json.said_of(_body(request)))
    elif request.method == "PATCH":
        provisioning.change(token, member, scim_json.patched(_body(request)))
    return _user(member)


@for_directories("GET")
def config(request: HttpRequest, token: ProvisioningToken) -> HttpResponse:
    """What this door can do."""
    unsupported = {"supported": False}
    return _json(
        {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
            "patch": {"supported": True},
            "bulk": {**unsupported, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MOST},
            "changePassword": unsupported,
            "sort": unsupported,
            "etag": unsupported,
            "authenticationSchemes": [
                {"type": "oauthbearertoken", "name": "Token", "description": "A token made in Settings."}
            ],
        }
    )


@for_directories("GET")
def resource_types(request: HttpRequest, token: ProvisioningToken) -> HttpResponse:
    """Users are all there is."""
    kind = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": "User",
        "name": "User",
        "endpoint": "/Users",
        "schema": scim_json.USER,
    }
    return _json({"schemas": [scim_json.LIST], "totalResults": 1, "Resources": [kind]})


def _token(request: HttpRequest, slug: str) -> ProvisioningToken | None:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    organization_id = organization_by_slug(slug)
    if organization_id is None or scheme.lower() != "bearer":
        return None
    act_for(organization_id)
    token = provisioning.token_of(text.strip())
    if token is None:
        act_for(None)
    return token


def _members(token: ProvisioningToken) -> Any:
    return Member.objects.filter(organization_id=token.organization_id).select_related("user", "organization")


def _body(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except ValueError as fault:
        raise ValidationError("The body is no JSON.") from fault


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 10 else otherwise


def _user(member: Member, *, status: int = 200) -> HttpResponse:
    return _json(scim_json.resource(member, base_of(member.organization.slug)), status=status)


def _fault(status: int, detail: str, kind: str = "") -> HttpResponse:
    body = {"schemas": [scim_json.ERROR], "status": str(status), "detail": detail}
    return _json(body | ({"scimType": kind} if kind else {}), status=status)


def _json(body: Any, *, status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, content_type=_TYPE)


urlpatterns = [
    path("<slug:slug>/v2/ServiceProviderConfig", config, name="scim-config"),
    path("<slug:slug>/v2/ResourceTypes", resource_types, name="scim-resource-types"),
    path("<slug:slug>/v2/Users", users, name="scim-users"),
    path("<slug:slug>/v2/Users/<uuid:id>", user, name="scim-user"),
]
