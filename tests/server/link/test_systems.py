"""The catalogue of software: the 52 systems of the product, each with what to export and how."""

import re

from cardable.language import speaker
from cardable.server.link.reports import reports_of
from cardable.server.link.systems import OTHER, catalogue, groups

FRENCH = speaker("fr-ca")
SHOWN_IN_FRENCH = {"Fournisseurs", "Ouvrir dans Excel"}
"""Names that Business Central itself shows in French."""

WITHOUT_DIRECT_COSTS = {
    "deltek-ajera", "epicor", "sap-s4hana-public", "sap-s4hana-extended", "sap-s4hana-private",
    "sap-s4hana-on-premises", "tyler-eden", "tyler-incode", "tyler-erp-pro", "xero", "zoho-books",
}  # fmt: skip


def test_there_are_52_systems_other_software_and_the_sandbox() -> None:
    assert len(catalogue()) == 54
    assert catalogue()[OTHER].name == "Other software"
    assert [(each.name, each.platform) for each in catalogue().values() if each.is_live] == [
        ("Sandbox", "mqjo")
    ]


def test_each_has_a_platform_key_of_its_own_that_live_integrations_share() -> None:
    keys = {each.platform for each in catalogue().values()}
    assert len(keys) == len(catalogue())
    assert all(re.fullmatch("[a-z]{4}", key) for key in keys)
    assert (catalogue()["xero"].platform, catalogue()["netsuite"].platform) == ("gbol", "akxx")


def test_every_system_asks_for_suppliers_bills_and_payments_and_most_for_direct_costs() -> None:
    for each in catalogue().values():
        if each.key != OTHER and not each.is_live:
            direct = () if each.key in WITHOUT_DIRECT_COSTS else ("expenses",)
            assert each.reports == ("suppliers", "bills", "payments", *direct), each.name


def test_every_report_is_named_and_explained_in_three_to_six_steps() -> None:
    for each in catalogue().values():
        for export in each.exports.values():
            assert export.name, each.name
            assert 3 <= len(export.steps) <= 6, each.name
            assert all(step.endswith(".") and len(step) < 260 for step in export.steps), each.name


def test_in_french_menus_keep_the_names_that_the_software_shows() -> None:
    """Each stands in quotation marks, as in English but for software that is in French itself."""
    for each in catalogue().values():
        for step in (step for export in each.exports.values() for step in export.steps):
            words = FRENCH(step)
            assert words != step
            quoted = {name.strip().replace("’", "'") for name in re.findall("«(.*?)»", words)}
            assert {name for name in quoted - SHOWN_IN_FRENCH if name not in step} == set()


def test_in_french_reports_keep_their_numbers_and_tables() -> None:
    code = re.compile(r"\b(?:[A-Z]+_?[A-Z_]*\d[\dA-Z]*|\d{2}\.\d{3})\b")
    for each in catalogue().values():
        for export in each.exports.values():
            for text in (export.name, *export.steps):
                assert sorted(code.findall(FRENCH(text))) == sorted(code.findall(text))


def test_the_groups_are_those_of_the_product() -> None:
    assert [group for group, _ in groups()] == [
        "Acumatica, Deltek, Epicor, Foundation", "Exact", "FreeAgent, FreshBooks", "Infor, Meditech",
        "Microsoft", "Oracle", "Sage", "SAP", "Tyler Technologies", "Workday, Xero, Zoho", "Yardi", "Other",
        "Test software",
    ]  # fmt: skip


def test_searching_finds_words_of_name_and_vendor_in_any_order() -> None:
    found = [each.key for _, systems in groups("world ORACLE") for each in systems]
    assert found == ["jd-edwards-world"]


def test_other_software_takes_any_file_in_one_step() -> None:
    assert [report.key for report in reports_of(catalogue()[OTHER])] == ["any"]
