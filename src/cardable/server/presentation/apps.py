from django.apps import AppConfig


class PresentationConfig(AppConfig):
    name = "cardable.server.presentation"
    label = "presentation"
