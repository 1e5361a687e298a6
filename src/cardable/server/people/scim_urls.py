"""The door through which a directory adds and disables users."""

from typing import Any

urlpatterns: list[Any] = []
