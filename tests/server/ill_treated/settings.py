"""The server's settings, with jobs that only these tests defer, and little patience with parts that die."""

from cardable.server import supervisor
from cardable.server.settings import *  # noqa: F403

PROCRASTINATE_IMPORT_PATHS = ["tests.server.ill_treated.jobs"]
# These tests kill parts again and again, which would make the pauses before a new start longer and longer.
supervisor._LONGEST_PAUSE_SECONDS = 1
