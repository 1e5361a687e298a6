from django.apps import AppConfig


class SyncsConfig(AppConfig):
    name = "cardable.server.syncs"
    label = "syncs"
