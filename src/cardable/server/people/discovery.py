"""Whether an identity provider is where its address says, asked before anybody is sent there."""

import json
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

_PATH = "/.well-known/openid-configuration"
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
_SECONDS, _LARGEST = 10, 1_000_000


def configuration_of(issuer: str) -> str:
    """Where a provider says how it is used."""
    return issuer.rstrip("/") + _PATH


def check_provider(issuer: str) -> None:
    """Raises ValidationError, in words for whoever set it up, where people could not sign in there."""
    _must_be_safe(issuer)
    try:
        with requests.get(
            configuration_of(issuer), timeout=_SECONDS, allow_redirects=False, stream=True
        ) as answer:
            answer.raise_for_status()
            text = answer.raw.read(_LARGEST, decode_content=True)
        said: Any = json.loads(text)
    except (requests.RequestException, ValueError) as fault:
        raise ValidationError(
            gettext("Nothing that can be read is at {address}. Check the address.").format(
                address=configuration_of(issuer)
            )
        ) from fault
    if not isinstance(said, dict) or said.get("issuer") != issuer:
        told = said.get("issuer") if isinstance(said, dict) else None
        raise ValidationError(
            gettext("The provider calls itself “{issuer}”. Use exactly that as the address.").format(
                issuer=told
            )
        )
    for name in _ENDPOINTS:
        if name not in said:
            raise ValidationError(
                gettext("The provider names no {name}, which signing in takes.").format(name=name)
            )
        _must_be_safe(str(said[name]))


def _must_be_safe(address: str) -> None:
    parts = urlsplit(address)
    schemes = {"https"} if settings.ENVIRONMENT.is_https else {"https", "http"}
    if parts.scheme not in schemes or not parts.hostname:
        raise ValidationError(
            gettext("“{address}” is no address that starts with https://.").format(address=address)
        )
