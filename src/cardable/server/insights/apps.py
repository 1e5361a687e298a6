from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "cardable.server.insights"
    label = "insights"
