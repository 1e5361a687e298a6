"""Filters that pages use."""

from django import template

register = template.Library()
