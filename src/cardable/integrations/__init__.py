"""Accounting systems: how each one's files and pages become records."""
