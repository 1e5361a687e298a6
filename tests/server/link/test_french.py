"""The Link in Canadian French: every word of it, from the first screen to the last."""

import re
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cardable.server.companies.models import Company
from cardable.server.connections.models import Consent
from cardable.server.link.systems import catalogue
from cardable.server.organizations.models import Organization
from cardable.server.presentation.look import presentation_of
from cardable.server.tenancy import acting_for
from tests.server.bringing import BILLS, SUPPLIERS, read
from tests.server.browser import NARROW, WIDE, screens, sideways, visitor
from tests.server.conftest import client_of
from tests.server.french import english_left
from tests.server.link.customers import SPEND, Customer, one_time

FRENCH = "fr-FR,fr;q=0.9,en;q=0.5"
UNCLEAR = (
    "Ref,Vendor,Date,Amount,Zeta\n"
    + "".join(f"B{n},Acme,0{n % 9 + 1}/04/2026,1{n}.50,x\n" for n in range(1, 13))
    + "B98,Bolt,,viel,x\nB99,Bolt,31/31/2026,5.00,x\nTotal,,,99.00,\n"
)


@pytest.fixture
def organization(organization: Organization) -> Organization:
    """An issuer whose Link is in English and in French."""
    with acting_for(organization.id):
        organization.languages = ["en", "fr-ca"]
        organization.manage_connections = True
        organization.save()
    return organization


@pytest.fixture
def client(customer: Customer) -> Customer:
    """Somebody whose browser reads French."""
    customer.browser.defaults["HTTP_ACCEPT_LANGUAGE"] = FRENCH
    return customer


def page_of(customer: Customer, path: str, status: int = 200) -> str:
    answer = customer.browser.get(customer.at(path))
    assert answer.status_code == status, path
    page = answer.getvalue().decode()
    assert '<html lang="fr-ca">' in page
    assert set(english_left(page)) <= menus(), path
    return page


@cache
def menus() -> set[str]:
    """What software calls its reports stands in its menus so, in whatever language one reads of it."""
    return {each.name for system in catalogue().values() for each in system.exports.values()}


def test_every_screen_is_in_french_from_software_to_disconnecting(client: Customer) -> None:
    page_of(client, client.url)
    page_of(client, "software")
    page_of(client, "software?q=zzz")
    place = client.choose("sage-100", agree=False)
    page_of(client, f"{place}/consent")
    client.choose("sage-100")
    for path in ("how", "report/suppliers", "report/bills", "report/payments", "report/expenses", "complete"):
        page_of(client, f"{place}/{path}")
    client.bring_and_confirm(place, "suppliers", "s.csv", SUPPLIERS)
    client.bring_and_confirm(place, "bills", "b.csv", BILLS)
    for path in ("report/suppliers", "report/bills", "complete"):
        page_of(client, f"{place}/{path}")
    page_of(client, f"{client.base}/leave?from={client.connection.id}")
    client.post(f"{place}/complete")
    read()
    for path in (
        f"{place}/manage",
        f"{place}/disconnect",
        "connections",
        "ended/200",
        "ended/201",
        "ended/501",
    ):
        page_of(client, path)
    client.post(f"{place}/disconnect")
    page_of(client, "connections")


def test_the_sandbox_and_going_on_without_are_in_french(client: Customer) -> None:
    place = client.choose("sandbox", leads_to="connect")
    for path in (f"{place}/consent", f"{place}/connect"):
        page_of(client, path)
    client.post(f"{place}/connect")
    page_of(client, f"{place}/connected")
    read()
    page_of(client, f"{place}/connected")
    with acting_for(client.organization.id):
        presentation = presentation_of(client.organization)
        presentation.link = {"categories": {"Accounting": {"is_on": False}}}
        presentation.save()
    page_of(client, "software")
    page_of(client, "ended/200")


def test_numbers_days_and_amounts_follow_the_language(client: Customer) -> None:
    place = client.choose("other")
    check = client.bring(place, "any", ("dépenses.csv", SPEND)).headers["Location"]
    read()
    page = client.get(check)
    assert "Nous avons trouvé 2 paiements du 14 mars 2026 au 15 avr. 2026, au total 200,50 USD." in page


def test_what_is_wrong_with_a_file_is_said_in_french(client: Customer) -> None:
    place = client.choose("sage-100")
    check = client.bring(place, "bills", ("étrange.csv", UNCLEAR)).headers["Location"]
    read()
    page = page_of(client, check)
    assert "Comment les dates sont-elles écrites ici?" in page
    assert "Dans quelle devise sont ces montants?" in page
    rejected = b"".join(client.browser.get(f"{check}/rejected.csv")).decode("utf-8-sig")
    assert rejected.startswith("feuille,ligne,colonne,valeur,ce qui ne va pas,quoi faire")
    assert "n’est pas un montant." in rejected
    assert "Utilisez le format AAAA-MM-JJ." in rejected
    refused = client.bring(place, "bills", ("a.xlsx", b"%PDF-1.7 and more")).headers["Location"]
    read()
    assert client.browser.get(refused).status_code == 302
    page_of(client, f"{place}/report/bills")


def test_the_consent_is_kept_in_the_language_it_was_given_in(client: Customer) -> None:
    client.choose("xero")
    with acting_for(client.organization.id):
        consent = Consent.objects.get()
    assert consent.locale == "fr-ca"
    assert "Transmettre les données de Harbor Foods depuis Xero" in consent.text
    assert english_left(f"<p>{consent.text}</p>") == []


def test_an_additional_consent_is_asked_for_once_in_whatever_language(client: Customer) -> None:
    with acting_for(client.organization.id):
        presentation = presentation_of(client.organization)
        presentation.link = {"additional_consent": True}
        presentation.save()
    place = client.choose("other")
    client.bring_and_confirm(place, "any", "s.csv", SPEND)
    client.post(f"{place}/complete")
    read()
    page = page_of(client, f"{place}/additional")
    mark = re.search(r'name="mark" value="(\w+)"', page)
    assert mark
    client.post(f"{place}/additional", mark=mark[1], do="agree")
    client.browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert client.browser.get(client.at(f"{place}/additional")).status_code == 302


def test_the_issuers_own_texts_are_those_of_the_language(client: Customer) -> None:
    with acting_for(client.organization.id):
        presentation = presentation_of(client.organization)
        presentation.texts = {
            "en": {"left_header": "Our promise"},
            "fr-ca": {"left_header": "Notre promesse"},
        }
        presentation.save()
    assert "Notre promesse" in page_of(client, "software")


def test_the_invitation_is_in_french(client: Customer) -> None:
    with acting_for(client.organization.id):
        client.organization.one_time_links = False
        client.organization.save()
    invite = f"/link/{client.organization.slug}/invite"
    page_of(client, invite)
    answer = client.browser.post(invite, {"company_name": ""})
    assert english_left(answer.content.decode()) == []


def test_an_address_that_opens_nothing_says_so_in_the_visitors_language(client: Customer) -> None:
    stranger = client_of(None)
    stranger.defaults["HTTP_ACCEPT_LANGUAGE"] = FRENCH
    known = stranger.get(client.base).content
    assert known == stranger.get("/link/nobody/nothing").content
    assert "Ce lien n’est pas valide" in known.decode()


def walk(page: Page, url: str, folder: Path) -> None:
    """From the link to the end, with a picture of each screen."""

    def look(name: str) -> None:
        screens(page, f"fr-{name}")
        for width, height in (NARROW, (320, 640), WIDE):
            page.set_viewport_size({"width": width, "height": height})
            assert sideways(page) == 0, (name, width)

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()

    def heading(words: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(words))

    page.goto("/link/demo-bank/nothing")
    look("not-valid")
    page.goto(url)
    look("landing")
    press("Suivant")
    look("software")
    page.goto(page.url + "?q=zzz")
    look("software-none")
    page.goto(page.url.partition("?")[0])
    press("Sage 50 Accounts")
    heading("^Transmettre les données")
    look("consent")
    press("Suivant")
    look("how")
    press("Commencer par les fournisseurs")
    look("report")
    page.evaluate("document.querySelector('input[type=file]').form.noValidate = true")
    press("Téléverser et vérifier")
    page.get_by_role("alert").wait_for()
    look("report-fault")
    page.goto(page.url.replace("suppliers", "payments"))
    page.get_by_text("Continuer sans les paiements").click()
    look("report-optional")
    page.goto(page.url.replace("payments", "bills"))
    page.get_by_label("Déposez vos fichiers ici").set_input_files(
        [folder / "étrange.csv", folder / "pdf.xlsx"]
    )
    press("Téléverser et vérifier")
    page.get_by_text("Nous lisons vos fichiers").first.wait_for()
    look("report-reading")
    read()
    page.get_by_role("link", name="Vérifier étrange.csv").click()
    heading("^Avons-nous bien compris")
    look("check")
    press("Oui, c’est exact")
    page.get_by_role("alert").wait_for()
    look("check-fault")
    page.get_by_label("Dans quelle devise sont ces montants?").select_option("USD")
    page.get_by_label("L’utiliser quand même").check()
    press("Oui, c’est exact")
    heading("^Factures")
    look("report-confirmed")
    page.goto(re.sub("/report/.*", "/complete", page.url))
    look("complete-lacking")
    page.goto(page.url.replace("complete", "report/suppliers"))
    page.get_by_label("Déposez vos fichiers ici").set_input_files(folder / "suppliers.csv")
    press("Téléverser et vérifier")
    page.get_by_text("Nous lisons votre fichier").first.wait_for()
    read()
    heading("^Avons-nous bien compris")
    press("Oui, c’est exact")
    page.goto(re.sub("/report/.*", "/complete", page.url))
    look("complete")
    page.get_by_role("link", name="Fermer").click()
    page.get_by_role("dialog").wait_for()
    screens(page, "fr-leave-window", whole=False)
    page.goto(page.url)
    press("Terminer et transmettre")
    heading("Merci")
    look("ended")
    read()
    page.get_by_role("link", name="Voir ce que vous avez transmis").click()
    look("manage")
    page.goto(
        re.sub("/company/.*", lambda found: re.sub("/[^/]*/manage", "/connections", found[0]), page.url)
    )
    look("connections")
    page.get_by_role("link", name="Déconnecter").click()
    page.get_by_role("dialog").wait_for()
    screens(page, "fr-disconnect-window", whole=False)


def test_french_fits_every_screen(
    chromium: Browser, site: str, company: Company, organization: Organization, tmp_path: Path
) -> None:
    (tmp_path / "étrange.csv").write_text(UNCLEAR, "utf-8")
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS, "utf-8")
    (tmp_path / "pdf.xlsx").write_bytes(b"%PDF-1.7 and more")
    with visitor(chromium, site, locale="fr-CA") as context:
        page = context.new_page()
        walk(page, one_time(company, organization), tmp_path)
