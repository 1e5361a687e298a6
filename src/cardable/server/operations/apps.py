from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "cardable.server.operations"
    label = "operations"
