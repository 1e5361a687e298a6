"""What each state is called on screen, and what its dot says."""

from django.utils.translation import gettext

from cardable.language import noted

_KINDS = {
    noted("Linked"): "good",
    noted("Partial"): "part",
    noted("Pending"): "wait",
    "PendingAuth": "wait",
    noted("Deauthorized"): "warn",
    noted("Replaced"): "idle",
    noted("Unlinked"): "idle",
    noted("No connections"): "none",
    noted("Available"): "good",
    noted("Generating"): "busy",
    noted("Unavailable"): "none",
    noted("Failed"): "bad",
    noted("Received"): "wait",
    noted("Reading"): "busy",
    noted("Read"): "good",
    noted("Refused"): "bad",
    noted("Confirmed"): "good",
    noted("Queued"): "wait",
    noted("Fetching"): "busy",
    noted("Mapping"): "busy",
    noted("Validating"): "busy",
    noted("Processing"): "busy",
    noted("Complete"): "good",
    "NotSupported": "none",
    "FetchError": "bad",
    "MapError": "bad",
    "ValidationError": "bad",
    "ProcessingError": "bad",
    "InternalError": "bad",
    "PermissionsError": "bad",
    "AuthError": "bad",
}
_WORDS = {
    "PendingAuth": noted("Pending"),
    "NotSupported": noted("Not supported"),
    "FetchError": noted("Fetch error"),
    "MapError": noted("Map error"),
    "ValidationError": noted("Validation error"),
    "ProcessingError": noted("Processing error"),
    "InternalError": noted("Internal error"),
    "PermissionsError": noted("Permissions error"),
    "AuthError": noted("Sign-in error"),
}


def status_kind(status: str) -> str:
    """good, part, wait, busy, warn, bad, idle or none."""
    return _KINDS.get(status, "idle")


def status_words(status: str) -> str:
    """A state as the portal calls it, in the reader's language."""
    return gettext(_WORDS.get(status, status)) if status else ""
