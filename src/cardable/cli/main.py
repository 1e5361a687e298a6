"""The `cardable` command: reads its arguments, runs one command, answers with an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from cardable.cli.arguments import parser
from cardable.cli.errors import TooManyRejects, Unusable

DONE, REJECTS, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 too many rejected rows, 2 unusable input."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Unusable as stop:
        return _say(stop, UNUSABLE)
    except TooManyRejects as stop:
        return _say(stop, REJECTS)
    except BrokenPipeError:
        # The reader of our output has left, as `| head` does; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _say("Stopped. Nothing was written.", INTERRUPTED)
    # Looked up only once something is wrong: loading the database takes longer than most commands.
    except import_module("duckdb").OutOfMemoryException:
        return _say(
            "These files need more memory than is allowed. Split them by company or by year.", UNUSABLE
        )


def _say(message: object, code: int) -> int:
    print(f"cardable: {message}", file=sys.stderr)
    return code
