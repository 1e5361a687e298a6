from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "cardable.server.companies"
    label = "companies"
