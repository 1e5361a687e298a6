"""Recognised tables become records: every rule of reading, by example."""
