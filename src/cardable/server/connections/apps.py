from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "cardable.server.connections"
    label = "connections"
