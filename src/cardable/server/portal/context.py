"""What every portal page knows: who is signed in, and where it may go."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The member and its organization, for the top bar."""
    member = getattr(request, "member", None)
    return {"member": member, "organization": member.organization if member else None}
