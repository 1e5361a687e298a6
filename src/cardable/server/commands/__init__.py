"""What the server answers to in a terminal: one module per command, each with `run(options)`."""

from cardable.server.environment import Refused

__all__ = ["Refused"]
