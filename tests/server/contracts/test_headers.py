"""What every page tells the browser it may do, and how cookies are kept."""

import os
import subprocess
import sys
import uuid

import pytest
from django.http import HttpResponseBase
from django.test import Client, override_settings

from cardable.server.companies.models import Company
from cardable.server.organizations.models import Member
from cardable.server.policy import CONTENT_POLICY
from tests.server.conftest import PASSWORD, client_of
from tests.server.contracts.addresses import addresses

pytestmark = pytest.mark.usefixtures("database", "static_files")


def assert_strict(answer: HttpResponseBase, where: str) -> None:
    assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY, where
    assert answer.headers["X-Content-Type-Options"] == "nosniff", where
    assert answer.headers["Referrer-Policy"] == "same-origin", where
    assert answer.headers["X-Frame-Options"] == "DENY", where
    assert "no-store" in answer.headers["Cache-Control"], where


def test_the_content_policy_allows_nothing_inline_and_no_frame() -> None:
    assert "unsafe" not in CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY


def test_every_page_is_strict(member: Member, company: Company) -> None:
    client, ids = client_of(member), {"company": company.id}
    for address in addresses():
        path = address.path(ids)
        if not path.startswith("/ui/brand/"):
            assert_strict(client.get(path), path)


def test_a_page_that_is_not_there_is_strict_too() -> None:
    assert_strict(client_of(None).get(f"/nowhere/{uuid.uuid4()}"), "nowhere")


def test_cookies_are_kept_from_scripts_and_other_sites(member: Member) -> None:
    client = Client(SERVER_NAME="localhost")
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert {"cardable_session", "csrftoken"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


@override_settings(
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
    SECURE_HSTS_SECONDS=31_536_000,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
)
def test_over_https_cookies_are_secure_and_the_browser_stays_there(member: Member) -> None:
    client = Client(SERVER_NAME="localhost", headers={"x-forwarded-proto": "https"})
    client.get("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert all(cookie["secure"] for cookie in client.cookies.values())
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_signing_out_clears_what_the_browser_kept(member: Member) -> None:
    client = client_of(member)
    assert "Clear-Site-Data" not in client.get("/companies/").headers
    assert client.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_over_https_cookies_are_bound_to_this_host() -> None:
    program = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    told = os.environ | {"CARDABLE_BASE_URL": "https://cards.example.com"}
    said = subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True)
    assert said.stdout.split() == ["__Host-cardable_session", "__Host-csrftoken"], said.stderr
