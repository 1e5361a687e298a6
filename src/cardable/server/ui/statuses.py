"""What each state is called on screen, and what its dot says."""

_KINDS = {
    "Linked": "good",
    "Partial": "part",
    "Pending": "wait",
    "PendingAuth": "wait",
    "Deauthorized": "warn",
    "Replaced": "idle",
    "Unlinked": "idle",
    "No connections": "none",
    "Available": "good",
    "Generating": "busy",
    "Unavailable": "none",
    "Failed": "bad",
    "Received": "wait",
    "Reading": "busy",
    "Read": "good",
    "Refused": "bad",
    "Confirmed": "good",
    "Queued": "wait",
    "Fetching": "busy",
    "Mapping": "busy",
    "Validating": "busy",
    "Processing": "busy",
    "Complete": "good",
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
    "PendingAuth": "Pending",
    "NotSupported": "Not supported",
    "FetchError": "Fetch error",
    "MapError": "Map error",
    "ValidationError": "Validation error",
    "ProcessingError": "Processing error",
    "InternalError": "Internal error",
    "PermissionsError": "Permissions error",
    "AuthError": "Sign-in error",
}


def status_kind(status: str) -> str:
    """good, part, wait, busy, warn, bad, idle or none."""
    return _KINDS.get(status, "idle")


def status_words(status: str) -> str:
    """A state as the portal calls it."""
    return _WORDS.get(status, status)
