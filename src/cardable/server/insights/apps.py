from importlib import import_module

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "cardable.server.insights"
    label = "insights"

    def ready(self) -> None:
        """Reactions are known before anything can happen."""
        import_module("cardable.server.reactions")
