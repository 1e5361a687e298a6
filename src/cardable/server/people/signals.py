"""Told when a second factor is set up, asked for, renewed or taken away; each names user and request."""

from django.dispatch import Signal

second_factor_added = Signal()
second_factor_passed = Signal()
second_factor_failed = Signal()
second_factor_renewed = Signal()
second_factor_removed = Signal()
