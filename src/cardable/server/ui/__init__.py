"""What pages are made of: shells, parts, one stylesheet, one script."""
