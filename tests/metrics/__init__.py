"""The metrics held against the worked example, a plain second reckoning, and properties."""
