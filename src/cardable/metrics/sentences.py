"""What the SQL of the metrics says in words, for those who say it again in another language."""

from cardable.language import noted

METHODS = (
    noted("Credit Card"),
    noted("Debit Card"),
    noted("Bank Transfer"),
    noted("Check"),
    noted("Cash"),
    noted("Other"),
    noted("Unknown"),
)
"""The payment methods, as values of records have them."""

METHOD_ROWS = (*METHODS, noted("Card"), noted("Non-Card"), noted("Unknown (category)"), noted("Overall"))
"""The labels of the rows of Spend Analysis."""

FIELDS = (noted("payment method"), noted("account name"), noted("note"), noted("reference"))
"""Where a word stood that told a payment method."""

REASONS = (
    noted("Rule {rule}: the accounting system states the method"),
    noted("Rule {rule}: an override of the issuer for the {field} “{keyword}”"),
    noted("Rule {rule}: the {field} says “{keyword}”"),
    noted("Rule {rule}: the payment method is none we know, and no other field tells"),
    noted("Rule {rule}: no field tells how this was paid"),
    noted("No exchange rate: counts nowhere"),
    noted("No supplier: counts in totals only, under Unknown"),
    noted("On the exclusion list: {reason}"),
    noted("No payment or expense in the period says how this supplier is paid"),
    noted("None of {transactions} payments and expenses says how it was paid"),
    noted("Most common method is {method}: {of_it} of {transactions} payments and expenses"),
    noted("{method} is not among the cardable methods of the settings"),
)
"""Why a record or a supplier counts as it does."""
