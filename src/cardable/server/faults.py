"""Mistakes of ours, told without the data they happened with."""

import logging
import traceback
import uuid

log = logging.getLogger("cardable.jobs")


def reported(fault: BaseException, doing: str) -> str:
    """Log where a fault happened, not what it says, which may hold a customer's data; its reference."""
    reference = uuid.uuid4().hex[:8]
    frames = traceback.extract_tb(fault.__traceback__)
    places = " < ".join(f"{frame.name} in {frame.filename}:{frame.lineno}" for frame in reversed(frames))
    log.error("%s failed (%s): %s at %s", doing, reference, type(fault).__name__, places)
    return reference
