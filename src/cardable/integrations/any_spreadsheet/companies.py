"""Whose records they are: companies from their list, from company IDs on rows, or the only one."""

# ruff: noqa: S608 (names in the SQL are our own; what people wrote is bound or quoted)

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from cardable.intake.model import Problem
from cardable.integrations.any_spreadsheet.delivery import Notice
from cardable.integrations.any_spreadsheet.staging import Staged
from cardable.integrations.any_spreadsheet.store import Store
from cardable.integrations.any_spreadsheet.wanted import TRANSACTIONS
from cardable.language import said
from cardable.records import Address, CompanyInfo, PhoneNumber, WebLink


@dataclass(frozen=True, kw_only=True)
class Company:
    """A company of the delivery; its number is its place in the list."""

    id: str
    name: str
    parent_id: str | None = None
    source_instance: str | None = None
    base_currency: str | None = None
    info: CompanyInfo = field(default_factory=CompanyInfo)
    is_assumed: bool = False


@dataclass
class Companies:
    """The companies of a delivery, and which of them each company ID on a row means."""

    listed: list[Company] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    default: int = 0

    def number_of(self, text: str) -> int | None:
        """The company of that ID, else of that name."""
        for number, company in enumerate(self.listed):
            if company.id == text:
                return number
        named = [n for n, each in enumerate(self.listed) if each.name.casefold() == text.casefold()]
        return named[0] if len(named) == 1 else None

    def add(self, company: Company) -> int:
        self.listed.append(company)
        return len(self.listed) - 1


def slug(name: str) -> str:
    """The name as an ID: lower case, runs of other signs one dash."""
    return "-".join(re.findall(r"[^\W_]+", name.casefold())) or "company"


def companies(
    store: Store, staged: Sequence[Staged], *, company_name: str | None, files: Sequence[str]
) -> Companies:
    """The companies that the files name; at least one."""
    found = Companies()
    for each in staged:
        if each.kind == "companies":
            _read_list(store, each, found)
    _mend_parents(found, staged)
    mentioned, unnamed = _named_on_rows(store, staged)
    if unnamed or not (found.listed or mentioned):
        found.default = _default(found, company_name, files)
    for text, file in mentioned:
        if found.number_of(text) is None:
            found.add(Company(id=text, name=text))
            if any(each.kind == "companies" for each in staged):
                message = said(
                    "Company “{company}” is on rows but not in the list of companies; it became one.",
                    company=text,
                )
                found.notices.append(Notice(code="COMPANY_ADDED", message=message, file=file))
    _number(store, found, mentioned)
    return found


def _read_list(store: Store, staged: Staged, found: Companies) -> None:
    wanted = (
        "company", "company_name", "parent_company_id", "source_instance", "currency", "registration_number",
        "tax_number", "phone", "web_link", "address", "address_line1", "address_line2", "city", "region",
        "postal_code", "country",
    )  # fmt: skip
    selected = ", ".join(name if name in staged.names else "null" for name in wanted)
    for row in store.rows(f"select {selected} from {staged.stage} where not rejected order by row"):
        told = dict(zip(wanted, row, strict=True))
        name = told["company_name"] or told["company"]
        company = Company(
            id=told["company"] or slug(name),
            name=name,
            parent_id=told["parent_company_id"],
            source_instance=told["source_instance"],
            base_currency=told["currency"],
            info=_info(name, told),
        )
        same = [n for n, each in enumerate(found.listed) if each.id == company.id]
        if same:
            found.listed[same[0]] = company
        else:
            found.add(company)


def _info(name: str, told: dict[str, str | None]) -> CompanyInfo:
    address = Address(
        line1=told["address_line1"] or told["address"],
        line2=told["address_line2"],
        city=told["city"],
        region=told["region"],
        postal_code=told["postal_code"],
        country=told["country"],
    )
    return CompanyInfo(
        company_name=name,
        registration_number=told["registration_number"],
        tax_number=told["tax_number"],
        base_currency=told["currency"],
        source_instance=told["source_instance"],
        addresses=() if address == Address() else (address,),
        phone_numbers=(PhoneNumber(number=told["phone"], type="Primary"),) if told["phone"] else (),
        web_links=(WebLink(url=told["web_link"]),) if told["web_link"] else (),
    )


def _mend_parents(found: Companies, staged: Sequence[Staged]) -> None:
    """Parents that no row lists become companies without books; a circle of parents is cut."""
    file = next((each.reading.file for each in staged if each.kind == "companies"), "")
    known = {company.id for company in found.listed}
    for company in list(found.listed):
        if company.parent_id and company.parent_id not in known:
            known.add(company.parent_id)
            found.add(Company(id=company.parent_id, name=company.parent_id))
    parents = {company.id: company.parent_id for company in found.listed}
    for number, company in enumerate(found.listed):
        if _is_own_ancestor(company.id, parents):
            found.listed[number] = replace(company, parent_id=None)
            parents[company.id] = None
            message = said(
                "“{parent}” is above “{company}” and below it at once. "
                "Correct the parent company in the list of companies; this one was left without a parent.",
                parent=company.parent_id,
                company=company.id,
            )
            found.problems.append(
                Problem(file=file, message=message, column="parent_company_id", value=company.parent_id,
                        code="PARENT_CYCLE")
            )  # fmt: skip


def _is_own_ancestor(id: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    above = parents.get(id)
    while above and above not in seen:
        if above == id:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


_SPLIT = ("suppliers", "allocations", *TRANSACTIONS)


def _named_on_rows(store: Store, staged: Sequence[Staged]) -> tuple[list[tuple[str, str]], bool]:
    """The company IDs on rows, each with the first file that has it; whether transactions lack one."""
    found: dict[str, str] = {}
    unnamed = False
    parts = [
        f"select {each.number} as number, {'company' if 'company' in each.names else 'null'} as company, "
        f"min(row) as row from {each.stage} where not rejected group by 2"
        for each in staged
        if each.kind in _SPLIT
    ]
    by_number = {each.number: each for each in staged}
    sql = f"select number, company from ({' union all '.join(parts)}) order by number, row"
    for number, text in store.rows(sql) if parts else ():
        if text is not None:
            found.setdefault(text, by_number[number].reading.file)
        elif by_number[number].kind in TRANSACTIONS:
            unnamed = True
    return list(found.items()), unnamed


def _default(found: Companies, company_name: str | None, files: Sequence[str]) -> int:
    """The company of rows that name none."""
    if company_name:
        number = found.number_of(company_name)
        if number is not None:
            return number
        return found.add(Company(id=slug(company_name), name=company_name, is_assumed=True))
    roots = [number for number, company in enumerate(found.listed) if company.parent_id is None]
    if len(found.listed) == 1 or len(roots) == 1:
        return roots[0]
    name = _name_from(files)
    return found.add(Company(id=slug(name), name=name, is_assumed=True))


def _name_from(files: Sequence[str]) -> str:
    """The only file's or folder's name in title case, else “Company”."""
    paths = [PurePath(file) for file in files]
    if len(paths) == 1:
        stem = paths[0].stem
    else:
        folders = {path.parent.name for path in paths}
        stem = folders.pop() if len(folders) == 1 else ""
    return " ".join(re.findall(r"[^\W_]+", stem)).title() or "Company"


def _number(store: Store, found: Companies, mentioned: Sequence[tuple[str, str]]) -> None:
    """A table from company ID on rows to company number."""
    numbers = [found.number_of(text) for text, _ in mentioned]
    store.table(
        "company_numbers",
        "select unnest(?::varchar[]) as raw, unnest(?::integer[]) as number",
        [[text for text, _ in mentioned], numbers],
    )
