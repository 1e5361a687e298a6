"""The customer's administrative details as the Customer tab words them."""

from dataclasses import dataclass

from cardable.metrics.company import Customer
from cardable.records import Address, CompanyInfo


@dataclass(frozen=True)
class CustomerDetails:
    """Details in one text each; None where unknown."""

    registration_number: str | None = None
    tax_number: str | None = None
    phone: str | None = None
    addresses: str | None = None
    web_links: str | None = None


def customer_details(customer: Customer) -> CustomerDetails:
    """The customer's details; a parent without books of its own has none, even where they are known."""
    info = customer.info
    if info is None or not any(entity.id == customer.id for entity in customer.entities):
        return CustomerDetails()
    return CustomerDetails(
        registration_number=info.registration_number or None,
        tax_number=info.tax_number or None,
        phone=_phone(info),
        addresses="; ".join(filter(None, map(_one_line, info.addresses))) or None,
        web_links="; ".join(link.url for link in info.web_links if link.url) or None,
    )


def _phone(info: CompanyInfo) -> str | None:
    numbers = sorted(info.phone_numbers, key=lambda each: each.type != "Primary")
    return next((each.number for each in numbers if each.number), None)


def _one_line(address: Address) -> str:
    region = " ".join(filter(None, (address.region, address.postal_code)))
    return ", ".join(
        filter(None, (address.line1, address.line2, address.city, region or None, address.country))
    )
