from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cardable.server.people"
    label = "people"
