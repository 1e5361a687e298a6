from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "cardable.server.portal"
    label = "portal"
