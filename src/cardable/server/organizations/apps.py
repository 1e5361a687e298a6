from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "cardable.server.organizations"
    label = "organizations"
