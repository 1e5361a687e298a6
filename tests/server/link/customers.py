"""A customer's browser in the Link, step by step."""

import re
from html import unescape
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cardable.server.companies.models import Company
from cardable.server.connections.links import link_url
from cardable.server.connections.models import Connection, Upload
from cardable.server.organizations.models import Organization
from cardable.server.tenancy import acting_for
from tests.server.bringing import read
from tests.server.conftest import client_of

BAD_DATES = (
    "supplier_name,payment_date,amount,currency\nAcme,03/04/2026,10.00,USD\nBolt,05/06/2026,20.00,USD\n"
)
SPEND = (
    "Payee,Payment date,Amount,Currency,Payment method\n"
    "Acme Tools,2026-03-14,120.50,USD,Check\nBolt Ltd,2026-04-15,80.00,USD,ACH\n"
)


def one_time(company: Company, organization: Organization) -> str:
    """A new Link URL of a company, without its host."""
    with acting_for(company.organization_id):
        url = link_url(company, SimpleNamespace(organization=organization)).url  # type: ignore[arg-type]
    return "/" + url.split("/", 3)[3]


class Customer:
    """Somebody who was sent a Link URL."""

    def __init__(self, company: Company, organization: Organization, *, let_in: bool = True) -> None:
        self.company, self.organization = company, organization
        self.browser: Client = client_of(None)
        self.url = one_time(company, organization)
        self.base = f"/link/{organization.slug}/company/{company.id}"
        if let_in:
            assert self.browser.post(self.url).status_code == 302

    def get(self, path: str) -> str:
        answer = self.browser.get(self.at(path))
        assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
        return words(answer.getvalue().decode())

    def post(self, path: str, **values: Any) -> Any:
        return self.browser.post(self.at(path), values)

    def at(self, path: str) -> str:
        return path if path.startswith("/") else f"{self.base}/{path}"

    def choose(self, system: str = "sage-100", *, agree: bool = True, leads_to: str = "how") -> str:
        """Choose software and agree; the address of the connection."""
        place: str = self.post("software", system=system).headers["Location"].removesuffix("/consent")
        if agree:
            mark = re.search(
                r'name="mark" value="(\w+)"', self.browser.get(f"{place}/consent").content.decode()
            )
            assert mark
            assert self.post(f"{place}/consent", mark=mark[1]).headers["Location"] == f"{place}/{leads_to}"
        return place

    def bring(self, place: str, report: str, *files: tuple[str, str | bytes]) -> Any:
        """Post files to a step."""
        made = [
            SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text) for name, text in files
        ]
        return self.post(f"{place}/report/{report}", file=made)

    def bring_and_confirm(self, place: str, report: str, name: str, text: str, **more: str) -> Any:
        """Post one file, let it be read, and say that it is right."""
        check = self.bring(place, report, (name, text)).headers["Location"]
        read()
        return self.post(check, do="confirm", **more)

    @property
    def connection(self) -> Connection:
        with acting_for(self.organization.id):
            return Connection.objects.filter(company=self.company).latest("created_at")

    @property
    def uploads(self) -> list[Upload]:
        with acting_for(self.organization.id):
            return list(Upload.objects.order_by("received_at"))


def words(page: str) -> str:
    """The text of a page's main part, in one line."""
    main = page[page.index('<main id="main"') :]
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\xa0", " ").split())
    return re.sub(r" (?=[.,])", "", text)
