"""Puts the audit log under row-level security, and lets nobody change or delete what is in it."""

from django.db import migrations

from cardable.server.tenancy import append_only, row_level_security

_TABLES = ("audit_entry", "audit_chainlink")


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (row_level_security(*_TABLES), *append_only(*_TABLES))
