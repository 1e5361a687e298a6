from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cardable.server.events"
    label = "events"
