"""The analysts' door: each section brings its own addresses."""

from cardable.server.portal import home

urlpatterns = [*home.urlpatterns]
