"""One supplier of an analysis: its figures, the verdict, and the records behind both."""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext, ngettext

from cardable.server.insights.figure_rows import SupplierDetails
from cardable.server.insights.figures import Figures
from cardable.server.insights.record_list import BILLS, EXPENSES, PAYMENTS, Kind, RecordQuery, record_list
from cardable.server.portal.analysis_addresses import Addresses
from cardable.server.portal.analysis_frame import SUPPLIERS, frame_of, trail
from cardable.server.portal.analysis_overview import terms_note
from cardable.server.ui.templatetags.ui import count as number
from cardable.server.ui.templatetags.ui import days, money, percent

_LATEST = 10


@login_required
def supplier(request: HttpRequest, id: uuid.UUID, ref: str) -> HttpResponse:
    """One supplier: its figures, the verdict and its latest records."""
    frame = frame_of(request, id)
    if isinstance(frame, HttpResponse):
        return frame
    found = frame.figures.supplier(ref)
    if found is None:
        raise Http404
    to = Addresses(frame.company)
    figures = _figures(found, frame.totals.base_currency, to)
    return frame.page(
        "supplier",
        SUPPLIERS,
        supplier=found,
        trail=[*trail(frame.member, frame.company), {"label": gettext("Suppliers"), "href": to.suppliers()}],
        figures=figures[:4],
        more_figures=figures[4:],
        address=_address(found),
        latest=[_latest(frame.figures, kind, ref) for kind in (BILLS, PAYMENTS, EXPENSES)],
    )


def _figures(supplier: SupplierDetails, currency: str, to: Addresses) -> list[dict[str, Any]]:
    """The supplier's key figures, each leading to its records."""

    def records(kind: str, only: str = "") -> str:
        return to.records(kind, supplier=supplier.ref, **({"only": only} if only else {}))

    return [
        {
            "label": gettext("Total spend"),
            "value": money(supplier.total_spend, currency),
            "note": gettext("Payments, as no bills came")
            if _is_of_payments(supplier)
            else gettext("Bills and expenses"),
            "href": records(_spent_by(supplier)),
        },
        {
            "label": gettext("Bills"),
            "value": money(supplier.bills_amount, currency),
            "note": _bills(supplier.bills_count),
            "href": records("bills"),
        },
        {
            "label": gettext("Payments"),
            "value": money(supplier.payments_amount, currency),
            "note": _payments(supplier.payments_count),
            "href": records("payments"),
        },
        {
            "label": gettext("Expenses"),
            "value": money(supplier.expenses_amount, currency),
            "note": _expenses(supplier.expenses_count),
            "href": records("expenses"),
        },
        {
            "label": gettext("Outstanding"),
            "value": money(supplier.bills_outstanding_amount, currency),
            "note": _of_billed(supplier.bills_outstanding_count, supplier.bills_outstanding_share),
            "href": records("bills", "outstanding"),
        },
        {
            "label": gettext("Paid late"),
            "value": money(supplier.bills_late_amount, currency),
            "note": _of_billed(supplier.bills_late_count, supplier.bills_late_share),
            "href": records("bills", "late"),
        },
        {
            "label": gettext("Settlement period"),
            "value": days(supplier.average_settlement_days),
            "note": terms_note(supplier.average_terms_days),
            "href": records("bills", "settled"),
        },
        {
            "label": gettext("Average payment"),
            "value": money(supplier.average_payment_amount, currency),
            "note": gettext("Mostly by %(method)s") % {"method": gettext(supplier.inferred_method).lower()}
            if supplier.payments_count
            else "",
            "href": records("payments", "counted"),
        },
    ]


def _address(supplier: SupplierDetails) -> str:
    lines = (supplier.address_line1, supplier.address_line2, supplier.city, supplier.region)
    return ", ".join(filter(None, (*lines, supplier.postal_code, supplier.country)))


def _is_of_payments(supplier: SupplierDetails) -> bool:
    return bool(supplier.total_spend) and not (supplier.bills_count or supplier.expenses_count)


def _spent_by(supplier: SupplierDetails) -> str:
    """The type of record that most of its spend comes from."""
    if _is_of_payments(supplier):
        return "payments"
    return "expenses" if supplier.expenses_amount > supplier.bills_amount else "bills"


def _bills(count: int) -> str:
    return ngettext("%(number)s bill", "%(number)s bills", count) % {"number": number(count)}


def _payments(count: int) -> str:
    return ngettext("%(number)s payment", "%(number)s payments", count) % {"number": number(count)}


def _expenses(count: int) -> str:
    return ngettext("%(number)s expense", "%(number)s expenses", count) % {"number": number(count)}


def _of_billed(count: int, share: Decimal | None) -> str:
    words = gettext("%(bills)s, %(share)s of what was billed")
    return words % {"bills": _bills(count), "share": percent(share)}


def _latest(figures: Figures, kind: Kind, ref: str) -> dict[str, Any]:
    found = record_list(figures, RecordQuery(kind=kind, supplier=ref))
    return {
        "kind": kind,
        "caption": gettext("Latest %(records)s") % {"records": kind.label.lower()},
        "found": found,
        "rows": found[:_LATEST],
        "rest": max(len(found) - _LATEST, 0),
    }


urlpatterns = [
    path("spend-insights/<uuid:id>/suppliers/<slug:ref>", supplier, name="analysis-supplier"),
]
