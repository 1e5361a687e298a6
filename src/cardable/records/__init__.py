"""What we know of a business's payables: frozen records, the same whether a file or an API brought them."""

from cardable.records.account import Account
from cardable.records.bill import Bill, BillLine, PurchaseOrderRef, WithholdingTax
from cardable.records.bill_credit_note import BillCreditNote
from cardable.records.bill_payment import BillPayment, PaymentLine, PaymentLink
from cardable.records.company_info import CompanyInfo, PhoneNumber, WebLink
from cardable.records.expense import Expense, ExpenseLine
from cardable.records.payment_method import PaymentMethod
from cardable.records.schema import RECORD_TYPES, columns, table_name, text_literal, whole
from cardable.records.supplier import Address, Supplier
from cardable.records.values import (
    BillStatus,
    CreditNoteStatus,
    LinkType,
    Method,
    Money,
    Quantity,
    Rate,
    SupplierStatus,
)

__all__ = [
    "RECORD_TYPES",
    "Account",
    "Address",
    "Bill",
    "BillCreditNote",
    "BillLine",
    "BillPayment",
    "BillStatus",
    "CompanyInfo",
    "CreditNoteStatus",
    "Expense",
    "ExpenseLine",
    "LinkType",
    "Method",
    "Money",
    "PaymentLine",
    "PaymentLink",
    "PaymentMethod",
    "PhoneNumber",
    "PurchaseOrderRef",
    "Quantity",
    "Rate",
    "Supplier",
    "SupplierStatus",
    "WebLink",
    "WithholdingTax",
    "columns",
    "table_name",
    "text_literal",
    "whole",
]
