"""How an issuer shows itself to its customers: its brand, the Link, the mail that invites."""
