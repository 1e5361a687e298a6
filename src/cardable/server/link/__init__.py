"""The customers' door: consent, files, and what was read in them."""
