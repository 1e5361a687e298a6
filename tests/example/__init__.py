"""The example that users can write to a folder."""
