"""Sessions in the database, each tied to its person, so that ending one's access ends one's sessions."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from cardable.server.organizations.sessions import ADDRESS, BROWSER, SEEN, SIGNED_IN


class SessionStore(db.SessionStore):
    """Keeps a session under the digest of its key: whoever reads the table cannot use what it holds."""

    @classmethod
    def get_model_class(cls) -> Any:
        from cardable.server.people.models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        from django.utils import timezone

        found = self.model.objects.filter(
            session_key=digest(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str | None = None) -> bool:
        return bool(self.model.objects.filter(session_key=digest(session_key or "")).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        kind: Any = self.model
        return kind(
            session_key=digest(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
            browser=data.get(BROWSER, ""),
            address=data.get(ADDRESS),
            signed_in_at=_moment(data.get(SIGNED_IN)),
            seen_at=_moment(data.get(SEEN)),
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=digest(key)).delete()


def digest(session_key: str) -> str:
    """What a session is kept under: 40 characters, as the table has them."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
