"""The web application, as granian serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardable.server.settings")
application = get_wsgi_application()


def _count() -> None:
    from cardable.server.operations.counting import add_for_ever

    add_for_ever()


_count()
