"""What a log line may hold, and what is cut out of it."""

import logging
import sys
from io import StringIO

import pytest

from cardable.server.logs import Line, cut


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mail to ada.marsh+x@demo.bank failed", "mail to <mail address> failed"),
        ("smtp://ada:secret@mail.example:587 is away", "smtp://<secret>@mail.example:587 is away"),
        ("postgresql://u:p@db/cardable?host=/x is away", "postgresql://<secret>@db/cardable?<query> is away"),
        ("GET https://x.example/link/a?link.otp=123 done", "GET https://x.example/<secret address> done"),
        ("at /accounts/password/reset/key/1-abc/ now", "at /accounts/<secret address> now"),
        ("duplicate key\nDETAIL:  Key (name)=(Harbor) already exists.", "duplicate key\nDETAIL: <data>"),
        ("Job 12 (syncs.read_uploads) lost its worker", "Job 12 (syncs.read_uploads) lost its worker"),
    ],
)
def test_a_line_tells_of_no_person_and_opens_no_door(said: str, kept: str) -> None:
    assert cut(said) == kept


def test_a_traceback_is_cut_too() -> None:
    heard = StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(Line())
    try:
        raise ValueError("no such user: ada@demo.bank")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())
    handler.handle(record)
    assert "Traceback" in heard.getvalue()
    assert "ada@demo.bank" not in heard.getvalue()
