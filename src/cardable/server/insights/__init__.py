"""Reports asked for, made, kept and let go."""
