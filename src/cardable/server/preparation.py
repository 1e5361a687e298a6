"""What a server needs before it answers: tables, stylesheets, and for the demo its companies."""

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from cardable.server import demo as demo_bank
from cardable.server.database import migrate
from cardable.server.organizations.models import Member


def prepare(*, demo: bool = False) -> list[str]:
    """Bring the database to this release and collect static files; what to tell who started the server."""
    migrate()
    collect_static()
    try:
        return [*_sign_in(demo), *_mail(), "Stop it with Ctrl-C."]
    finally:
        connections.close_all()


def collect_static() -> None:
    """Stylesheets and scripts to where the web server looks for them, named by their content."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _sign_in(demo: bool) -> list[str]:
    if demo:
        made = demo_bank.make()
        return [f"Sign in as {made.email} with the password {made.password}"]
    if Member.objects.using("owner").exists():
        return []
    return [
        "Nobody can sign in yet. Make the first administrator, in another terminal:",
        "  cardable create-admin --organization NAME --email YOU@EXAMPLE.COM"
        f" --data {settings.ENVIRONMENT.data}",
    ]


def _mail() -> list[str]:
    if settings.ENVIRONMENT.smtp_url:
        return []
    return [f"Mails are written to {settings.EMAIL_FILE_PATH}, as CARDABLE_SMTP_URL is not set."]
