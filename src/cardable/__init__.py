"""Cardable turns a business's accounts-payable data into Spend Insights for card issuers."""

__version__ = "0.1.0"
