"""Keeps the translations: finds every message in the code, brings the catalogs up to date, compiles them."""
