"""The wire form of each kind of record, a line a field."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cardable.records import exact_json
from cardable.records._wire_parts import (
    Day,
    Form,
    Many,
    Moment,
    Needed,
    Number,
    Plain,
    Text,
    Totals,
    Turned,
    Wire,
    Word,
    json_object,
)
from cardable.records._wire_references import Contact, MethodReference, PaidAtOnce, Reference
from cardable.records.account import Account
from cardable.records.bill import Bill, BillLine, PurchaseOrderRef, WithholdingTax
from cardable.records.bill_credit_note import BillCreditNote
from cardable.records.bill_payment import BillPayment, PaymentLine, PaymentLink
from cardable.records.company_info import CompanyInfo, PhoneNumber, WebLink
from cardable.records.expense import Expense, ExpenseLine
from cardable.records.payment_method import PaymentMethod
from cardable.records.supplier import Address, Supplier
from cardable.records.values import BillStatus, CreditNoteStatus, LinkType, SupplierStatus


@dataclass(frozen=True)
class _Deleted:
    """`metadata.isDeleted`."""

    def put(self, record: Any, wire: Wire) -> None:
        wire["metadata"] = {"isDeleted": record.is_deleted}

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        return {"is_deleted": bool((wire.get("metadata") or {}).get("isDeleted"))}


@dataclass(frozen=True)
class _TrackingCategories:
    """The categories that the tracking names, once more beside it, or alone where that is all there is."""

    def put(self, record: Any, wire: Wire) -> None:
        categories = (json_object(record.tracking) or {}).get("categoryRefs")
        if isinstance(categories, list):
            wire["trackingCategoryRefs"] = categories

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        categories = wire.get("trackingCategoryRefs")
        return {"tracking": exact_json.dumps({"categoryRefs": categories})} if categories else {}


@dataclass(frozen=True)
class _KnownCurrency:
    """A currency the wire form must have: `XXX` where it is not known."""

    def put(self, record: Any, wire: Wire) -> None:
        wire["currency"] = record.currency or "XXX"

    def take(self, wire: Mapping[str, Any]) -> dict[str, Any]:
        currency = wire.get("currency")
        return {} if currency in (None, "XXX") else {"currency": currency}


_CHANGES = (
    Moment("modified_at", "modifiedDate", zone="Z"),
    Moment("source_modified_at", "sourceModifiedDate"),
)
_RECORD = (*_CHANGES, _Deleted())
_SUPPLIER = Reference("supplierRef", (("supplier_id", "id"), ("supplier_name", "supplierName")))
_ACCOUNT = Reference("accountRef", (("account_id", "id"), ("account_name", "name")), needs_id=False)
_MONEY = (Plain("currency"), Number("currency_rate"))

_ADDRESS = Form(
    Address,
    (
        Word("type", words=("Unknown", "Billing", "Delivery")),
        *map(Plain, ("line1", "line2", "city", "region", "country", "postal_code")),
    ),
)

_LINE_AMOUNTS = tuple(
    map(Number, ("discount_amount", "discount_percentage", "sub_total", "tax_amount", "total_amount"))
)
_LINE_REFERENCES = (
    _ACCOUNT,
    Reference(
        "taxRateRef",
        (("tax_rate_id", "id"), ("tax_rate_name", "name"), ("effective_tax_rate", "effectiveTaxRate")),
        needs_id=False,
        numbers=("effectiveTaxRate",),
    ),
    Reference("itemRef", (("item_id", "id"), ("item_name", "name"))),
)
_LINE_NEEDS = (Needed("unit_amount", instead="total_amount"), Needed("quantity", otherwise=Decimal(1)))
_TRACKING = (_TrackingCategories(), Text("tracking", needs=("categoryRefs", "isBilledTo", "isRebilledTo")))

_BILL_LINE = Form(
    BillLine,
    (
        *map(Plain, ("line_number", "description", "unit_of_measurement")),
        *map(Number, ("unit_amount", "quantity")),
        *_LINE_AMOUNTS,
        *_LINE_REFERENCES,
        Reference(
            "purchaseOrderLineRef",
            (("purchase_order_id", "id"), ("purchase_order_line_number", "lineNumber")),
            needs_id=False,
            fixed=(("dataType", "purchaseOrders"),),
        ),
        *_TRACKING,
        Plain("is_direct_cost"),
    ),
)
_CREDIT_NOTE_LINE = Form(
    BillLine,
    (
        *map(Plain, ("description", "unit_of_measurement")),
        *_LINE_NEEDS,
        *_LINE_AMOUNTS,
        *_LINE_REFERENCES,
        *_TRACKING,
    ),
)
_EXPENSE_LINE = Form(
    ExpenseLine,
    (
        Plain("description"),
        *_LINE_NEEDS,
        *_LINE_AMOUNTS,
        *_LINE_REFERENCES,
        _TrackingCategories(),
        Text("tracking", needs=("recordRefs",)),
    ),
)
_WITHHOLDING_TAX = Many("withholding_tax", form=Form(WithholdingTax, (Plain("name"), Number("amount"))))
_LINK = Form(
    PaymentLink,
    (Word("type", kind=LinkType), Plain("id"), Turned("amount"), Number("currency_rate")),
)
_PAYMENT_LINE = Form(
    PaymentLine,
    (Number("amount"), Day("allocated_on", "allocatedOnDate"), Many("links", form=_LINK)),
)

_FORMS = (
    Form(
        CompanyInfo,
        (
            *map(
                Plain,
                ("company_name", "company_legal_name", "registration_number", "tax_number", "base_currency"),
            ),
            Plain("accounting_platform", "accountingPlatformRef"),
            Many("addresses", form=_ADDRESS),
            Many(
                "phone_numbers",
                form=Form(
                    PhoneNumber,
                    (
                        Plain("number"),
                        Word("type", words=("Primary", "Landline", "Mobile", "Fax", "Unknown")),
                    ),
                ),
            ),
            Many(
                "web_links",
                form=Form(WebLink, (Word("type", words=("Website", "Social", "Unknown")), Plain("url"))),
            ),
            Day("ledger_lock_date"),
            Day("financial_year_start_date"),
            Text("source_urls"),
            Moment("created_at", "createdDate"),
        ),
    ),
    Form(
        Supplier,
        (
            *map(Plain, ("id", "supplier_name", "contact_name")),
            Plain("email", "emailAddress"),
            Plain("phone"),
            Many("addresses", form=_ADDRESS),
            *map(Plain, ("registration_number", "tax_number")),
            Word("status", kind=SupplierStatus),
            Plain("default_currency"),
            *_RECORD,
        ),
    ),
    Form(
        Bill,
        (
            *map(Plain, ("id", "reference", "note")),
            _SUPPLIER,
            Many(
                "purchase_order_refs",
                form=Form(PurchaseOrderRef, (Plain("id"), Plain("purchase_order_number"))),
            ),
            Day("issue_date"),
            Day("due_date"),
            *_MONEY,
            Many("lines", "lineItems", form=_BILL_LINE),
            _WITHHOLDING_TAX,
            Word("status", kind=BillStatus),
            Totals(),
            Number("amount_due"),
            *_RECORD,
        ),
    ),
    Form(
        BillPayment,
        (
            *map(Plain, ("id", "reference", "note")),
            _SUPPLIER,
            _ACCOUNT,
            Number("total_amount"),
            *_MONEY,
            Day("date"),
            MethodReference(),
            Many("lines", form=_PAYMENT_LINE),
            *_RECORD,
        ),
    ),
    Form(
        BillCreditNote,
        (
            Plain("id"),
            Plain("credit_note_number", "billCreditNoteNumber"),
            Plain("note"),
            _SUPPLIER,
            _WITHHOLDING_TAX,
            Totals("totalTaxAmount"),
            Needed("total_discount"),
            Needed("discount_percentage"),
            Number("remaining_credit"),
            Word("status", kind=CreditNoteStatus),
            Day("issue_date"),
            Day("allocated_on", "allocatedOnDate"),
            *_MONEY,
            Many("lines", "lineItems", form=_CREDIT_NOTE_LINE),
            *_RECORD,
        ),
    ),
    Form(
        Expense,
        (
            *map(Plain, ("id", "reference", "note")),
            Contact(),
            Day("issue_date"),
            _KnownCurrency(),
            Number("currency_rate"),
            Many("lines", "lineItems", form=_EXPENSE_LINE),
            PaidAtOnce(),
            Totals(),
            *_RECORD,
        ),
    ),
    Form(
        Account,
        (
            *map(Plain, ("id", "nominal_code", "name", "description")),
            *map(Plain, ("fully_qualified_category", "fully_qualified_name", "currency")),
            Number("current_balance"),
            Word("type", words=("Unknown", "Asset", "Expense", "Income", "Liability", "Equity")),
            Word("status", words=("Unknown", "Active", "Archived", "Pending")),
            Plain("is_bank_account"),
            *_RECORD,
        ),
    ),
    Form(
        PaymentMethod,
        (
            *map(Plain, ("id", "name")),
            Word(
                "type",
                words=("Unknown", "Cash", "Check", "CreditCard", "DebitCard", "BankTransfer", "Other"),
            ),
            Word("status", words=("Unknown", "Active", "Archived")),
            *_RECORD,
        ),
    ),
)

FORMS: dict[type[Any], Form] = {form.record: form for form in _FORMS}
"""Each record's form."""
