"""What stops a command, in words for the person who typed it."""


class Unusable(Exception):
    """The input cannot be used; the message says why and what to do. Exit code 2."""


class TooManyRejects(Exception):
    """More than one row in twenty was rejected and nobody said to go on. Exit code 1."""
