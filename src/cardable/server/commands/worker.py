"""`cardable worker`: one worker of a fleet."""

from argparse import Namespace

from cardable.server.commands._setup import need_shared_settings
from cardable.server.commands.web import keep_running, need_this_release
from cardable.server.serving import worker


def run(options: Namespace) -> int:
    """Take jobs until Ctrl-C or SIGTERM; jobs under way are finished first."""
    need_shared_settings()
    need_this_release(options)
    keep_running([worker()], "the worker takes jobs")
    return 0
