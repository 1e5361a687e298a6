"""The server's settings, with jobs that only these tests defer."""

from cardable.server.settings import *  # noqa: F403

PROCRASTINATE_IMPORT_PATHS = ["tests.server.ill_treated.jobs"]
