"""Tests, laid out as src/cardable is."""
