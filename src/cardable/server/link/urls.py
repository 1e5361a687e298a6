"""The addresses of the Link; whatever else is asked for below /link opens nothing."""

from django.urls import path

from cardable.server.link import (
    bringing,
    checking,
    choosing,
    connections,
    files,
    images,
    journey,
    landing,
    returning,
    sandbox,
)
from cardable.server.link.visits import not_valid

_COMPANY = "<slug:slug>/company/<uuid:company_id>"
_CONNECTION = f"{_COMPANY}/<uuid:connection_id>"

urlpatterns = [
    path("company/<uuid:company_id>", landing.company, name="link-company-unbranded"),
    path(
        "companies/<uuid:company_id>/connections/<uuid:connection_id>/start",
        landing.connection,
        name="link-connection",
    ),
    path("<slug:slug>/invite", landing.invitation, name="link-invite"),
    path("<slug:slug>/images/<slug:kind>/<slug:mark>", images.image, name="link-image"),
    path(_COMPANY, landing.company, name="link-company"),
    path(f"{_CONNECTION}/additional", returning.additional, name="link-additional"),
    path(f"{_COMPANY}/software", journey.software, name="link-software"),
    path(f"{_COMPANY}/without", journey.go_without, name="link-without"),
    path(f"{_COMPANY}/connections", connections.connections, name="link-connections"),
    path(f"{_COMPANY}/leave", journey.leave, name="link-exit"),
    path(f"{_COMPANY}/ended/<int:code>", journey.ended, name="link-ended"),
    path(f"{_COMPANY}/template/<slug:kind>.csv", files.template, name="link-template"),
    path(f"{_CONNECTION}/consent", journey.consent, name="link-consent"),
    path(f"{_CONNECTION}/connect", sandbox.connect, name="link-connect"),
    path(f"{_CONNECTION}/connected", sandbox.connected, name="link-connected"),
    path(f"{_CONNECTION}/how", journey.how, name="link-how"),
    path(f"{_CONNECTION}/entities", choosing.entities, name="link-entities"),
    path(f"{_CONNECTION}/complete", journey.complete, name="link-complete"),
    path(f"{_CONNECTION}/manage", journey.manage, name="link-manage"),
    path(f"{_CONNECTION}/disconnect", connections.disconnect, name="link-disconnect"),
    path(f"{_CONNECTION}/reconnect", connections.reconnect, name="link-reconnect"),
    path(f"{_CONNECTION}/files/<uuid:upload_id>", checking.check, name="link-check"),
    path(f"{_CONNECTION}/files/<uuid:upload_id>/remove", files.remove, name="link-remove"),
    path(f"{_CONNECTION}/files/<uuid:upload_id>/rejected.csv", files.rejected_rows, name="link-rejects"),
    path(f"{_CONNECTION}/report/<slug:report>", bringing.report, name="link-report"),
    path(f"{_CONNECTION}/report/<slug:report>/next", files.go_on, name="link-next"),
    path("<path:rest>", not_valid, name="link-not-valid"),
]
