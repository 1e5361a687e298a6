"""The vocabulary of columns: what a column of an accounts-payable file can mean."""

from typing import Final

FIELDS: Final = (
    "supplier_id", "supplier_name", "document_id", "document_type", "issue_date", "due_date",
    "payment_date", "amount", "net_amount", "tax_amount", "amount_due", "currency", "exchange_rate",
    "payment_method", "payment_reference", "account", "description", "address_line1", "address_line2",
    "city", "region", "postal_code", "country", "email", "phone", "tax_number", "bank_name",
    "bank_account", "iban", "bic", "entity",
)  # fmt: skip
"""Fields any file may carry. `amount` is gross, or the only amount; `document_id` is the supplier's
document number, or the payer's own where there is no other; `account` is the expense type or ledger."""

EXTRA_FIELDS: Final = (
    "record_id", "reference", "status", "contact_name", "registration_number", "account_number",
    "direction", "payment_terms", "paid_amount", "company_id", "company_name", "source_instance",
    "parent_company_id", "base_currency", "web_link", "address", "payment_id", "link_type", "link_id",
    "link_amount", "remaining_credit", "imported_date", "from_currency", "to_currency", "date",
    "account_name", "note", "default_currency", "issued_by", "credit_amount",
)  # fmt: skip
"""Fields beyond the shared vocabulary that the model also uses, from templates and fuller exports."""

KINDS: Final = (
    "suppliers", "bills", "payments", "allocations", "credit_notes", "expenses", "companies",
    "imported_dates", "exchange_rates", "other",
)  # fmt: skip
