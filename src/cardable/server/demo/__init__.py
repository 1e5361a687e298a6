"""Demo Bank: an issuer with believable companies in every state, for those who look around."""

from cardable.server.demo.bank import SignIn, make

__all__ = ["SignIn", "make"]
