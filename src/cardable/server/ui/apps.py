from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "cardable.server.ui"
    label = "ui"
