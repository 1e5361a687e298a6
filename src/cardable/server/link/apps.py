from django.apps import AppConfig


class LinkConfig(AppConfig):
    name = "cardable.server.link"
    label = "link"
