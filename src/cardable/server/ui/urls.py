"""The issuer's color as a stylesheet, and the page that shows every part."""

from django.urls import path, re_path

from cardable.server.ui import brand, gallery

urlpatterns = [
    re_path(r"^brand/(?P<color>[0-9a-f]{6})\.css$", brand.stylesheet, name="ui-brand"),
    re_path(r"^brand/bar/(?P<color>[0-9a-f]{6})\.css$", brand.bar_stylesheet, name="ui-bar"),
    re_path(
        r"^brand/sample/(?P<color>[0-9a-f]{6})-(?P<second>[0-9a-f]{6})\.css$", brand.sample, name="ui-sample"
    ),
    path("parts/", gallery.parts, name="ui-parts"),
    path("parts/window/", gallery.window, name="ui-parts-window"),
    path("parts/link/", gallery.link, name="ui-parts-link"),
    path("parts/busy/", gallery.busy, name="ui-parts-busy"),
]
