"""Every address of the server: the portal at /, the Link at /link."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("cardable.server.people.urls")),
    path("scim/", include("cardable.server.people.scim")),
    path("", include("cardable.server.languages")),
    path("ui/", include("cardable.server.ui.urls")),
    path("link/", include("cardable.server.link.urls")),
    path("", include("cardable.server.portal.urls")),
]
