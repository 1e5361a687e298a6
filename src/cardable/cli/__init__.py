"""The path from files to Spend Insights, walked from a terminal."""

from cardable.cli.main import main

__all__ = ["main"]
