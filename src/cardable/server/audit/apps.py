from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cardable.server.audit"
    label = "audit"

    def ready(self) -> None:
        from cardable.server.audit import hooks

        hooks.connect()
