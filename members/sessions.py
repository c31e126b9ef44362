"""Sessions in the database, each with its member: they end with the account, and the account's
owner can be told how many there are.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type:
        # The apps are loaded when the first session is, not when the settings name this module.
        from members.models import MemberSession

        return MemberSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session: Any = super().create_model_instance(data)
        session.member_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        return session
