"""The analysts' door: one module a page."""
