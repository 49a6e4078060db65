"""The payment desk of the associates' page in Chromium: refunds, a basket taken over, an unknown payment settled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import Ticket
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.visit.effects import IdentifyShopper, ReportBasket
from kiosk.core.visit.events import CardTapped
from kiosk.store.lifecycle import Store
from kiosk.store.receipt_settings import PrinterSettings, ReceiptSettings
from tests.flows.browser import Errors, chromium
from tests.kiosk.connectors.printers.fake_printer import FakePrinter, fake_printer
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient, mirror, read_stream
from tests.kiosk.store.payments.payment_steps import COAT, SHIRT, TICKET, collect, ends, price
from tests.kiosk.store.payments.taken_back.taken_back_shop import Terminal
from tests.kiosk.store.sample_shop import PIN, piece_of, sample_store, served, settings_in
from tests.kiosk.store.shop_cards import key_file, link

CLARA = "04A1B2C3D4E501"
SIX_S = 6000
HANDHELD, TABLET = {"width": 390, "height": 844}, {"width": 1180, "height": 820}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@dataclass
class Scene:
    """A sample shop with a terminal, the mirror of room 1 and its stream."""

    store: Store
    terminal: Terminal
    room: HttpClient
    stream: EventStreamReader
    url: str
    printer: FakePrinter

    def sell(self, order: str = "o1") -> str:
        """Sells shirt and coat in the room; returns the receipt's address."""
        price(self.room, order=order, pieces=(SHIRT, COAT))
        collect(self.room, order=order)
        self.terminal.tap()
        return str(ends(self.stream, "paid")["receipt"]["link"])


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    plain = settings_in(tmp_path, keys=key_file(tmp_path), public_url="https://receipts.shop.example")
    terminal = Terminal()
    with ExitStack() as open_:
        printer = open_.enter_context(fake_printer())
        settings = replace(
            plain,
            timeouts=replace(plain.timeouts, first_query_us=1000),
            receipts=ReceiptSettings(printers=(PrinterSettings("desk", printer.uri),)),
        )
        store = open_.enter_context(sample_store(settings, terminal=terminal))
        url = open_.enter_context(served(store))
        room = open_.enter_context(mirror(url, settings.state, "1"))
        stream = open_.enter_context(read_stream(room, "/api/v1/rooms/1/stream"))
        stream.named("Snapshot")
        yield Scene(store, terminal, room, stream, url, printer)


@pytest.fixture
def page(browser: Browser, scene: Scene) -> Iterator[Page]:
    context = browser.new_context(viewport=HANDHELD, locale="en-GB")  # type: ignore[arg-type]
    opened = context.new_page()
    errors = Errors(opened)
    sign_in(opened, scene.url)
    yield opened
    opened.goto("about:blank")
    context.close()
    assert errors.found == []


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/associate")
    page.get_by_role("radio", name="Inès").click()
    page.locator("#pin").fill(PIN)
    page.locator("#pin-go").click()
    page.locator("#tab-desk").click()
    expect(page.locator("#back-form")).to_be_visible(timeout=SIX_S)


def find_label(page: Page, label: str) -> None:
    page.locator("#label").fill(label)
    page.locator("#label").press("Enter")


def test_a_scanned_piece_is_refunded_after_one_confirmation(page: Page, scene: Scene) -> None:
    scene.sell()
    find_label(page, SHIRT[0])
    sheet = page.locator("#sheet")
    expect(sheet).to_contain_text("Pay €129 back?", timeout=SIX_S)
    expect(sheet).to_contain_text("Linen <b>shirt</b>")
    sheet.get_by_role("button", name="Pay €129 back").click()
    expect(sheet).to_contain_text("€129 is paid back.", timeout=SIX_S)
    assert scene.terminal.repaid() == [12_900]
    sheet.get_by_role("button", name="Close").click()
    find_label(page, SHIRT[0])
    expect(page.locator("#back-trouble")).to_have_text("Nothing that was sold here fits this.", timeout=SIX_S)


def test_each_piece_of_a_receipt_is_refunded_once(page: Page, scene: Scene) -> None:
    link_of_receipt = scene.sell()
    find_label(page, link_of_receipt)
    expect(page.locator(".sold")).to_have_count(2, timeout=SIX_S)
    page.locator(f"[data-piece='{COAT[0]}'] button.strong").click()
    page.locator("#sheet").get_by_role("button", name="Cancel").click()
    assert scene.terminal.repaid() == []
    page.locator(f"[data-piece='{COAT[0]}'] button.strong").click()
    page.locator("#sheet").get_by_role("button", name="Pay €980 back").dblclick(force=True)
    expect(page.locator("#sheet")).to_contain_text("€980 is paid back", timeout=SIX_S)
    expect(page.locator(".sold")).to_have_count(1)
    assert scene.terminal.repaid() == [98_000]


def test_a_scanner_types_without_focusing_the_field(page: Page, scene: Scene) -> None:
    scene.sell()
    page.locator("#tab-desk").click()
    page.keyboard.type(SHIRT[1])
    page.keyboard.press("Enter")
    expect(page.locator("#sheet")).to_contain_text("Pay €129 back?", timeout=SIX_S)


@pytest.mark.parametrize(
    ("label", "said"), [("no label at all", "That is no label."), (COAT[1], "Nothing that was sold")]
)
def test_a_wrong_label_shows_a_message(page: Page, scene: Scene, label: str, said: str) -> None:
    find_label(page, label)
    expect(page.locator("#back-trouble")).to_contain_text(said, timeout=SIX_S)


def test_a_basket_is_taken_over_and_paid_at_the_desk(page: Page, scene: Scene) -> None:
    price(scene.room, pieces=(SHIRT, COAT))
    page.locator("#tab-rooms").click()
    page.locator("#tab-desk").click()
    basket = page.locator("[data-basket='1']")
    expect(basket).to_contain_text("Room 1", timeout=SIX_S)
    expect(basket).to_contain_text("€1,109")
    basket.get_by_role("button", name="Take over").click()
    sheet = page.locator("#sheet")
    sheet.locator("input[type=checkbox]").first.uncheck()
    sheet.get_by_role("button", name="Collect €980").click()
    expect(sheet).to_contain_text("The terminal waits for the card.", timeout=SIX_S)
    scene.terminal.tap()
    expect(sheet).to_contain_text("Paid. Receipt 000001", timeout=SIX_S)
    expect(sheet.locator("img.code")).to_be_visible()
    assert scene.store.resources.catalogue.sold([SHIRT[0], COAT[0]]) == {COAT[0]}


def test_a_sale_is_taken_back_and_its_amount_given_back_without_another_question(
    page: Page, scene: Scene
) -> None:
    scene.terminal.refuses = 1
    scene.sell()
    page.locator("#unknown-list .parked button").click(timeout=SIX_S)
    sheet = page.locator("#sheet")
    scene.terminal.silent = True
    sheet.get_by_role("button", name="Take the sale back").click()
    expect(sheet).not_to_be_visible(timeout=SIX_S)
    expect(page.locator("#unknown-list li").first).to_contain_text("It is being paid back.")
    expect(page.locator("#unknown-list .parked")).to_have_count(0)
    scene.terminal.silent = False


def test_a_receipt_is_found_by_its_number_and_printed(page: Page, scene: Scene) -> None:
    scene.sell()
    scene.store.receipts.start()
    find_label(page, "1")
    sheet = page.locator("#sheet")
    expect(sheet).to_contain_text("Receipt 000001", timeout=SIX_S)
    expect(sheet.locator("img.code")).to_be_visible()
    sheet.get_by_role("button", name="Print").click()
    expect(sheet).to_contain_text("desk: printed", timeout=30_000)  # by a printer's own thread
    assert "000001" in scene.printer.receipts[0].text
    sheet.get_by_role("button", name="Close").click()
    find_label(page, "77")
    expect(page.locator("#back-trouble")).to_have_text("There is no receipt with this number.", timeout=SIX_S)


def test_a_paid_piece_is_changed_for_another_size(page: Page, scene: Scene) -> None:
    scene.sell()
    large = piece_of("S1", "WHI", "L")
    find_label(page, SHIRT[0])
    sheet = page.locator("#sheet")
    sheet.get_by_role("button", name="Change size").click()
    sheet.get_by_label("Scan the new piece").fill(COAT[0])
    sheet.get_by_label("Scan the new piece").press("Enter")
    expect(sheet).to_contain_text("Not changed.", timeout=SIX_S)
    sheet.get_by_role("button", name="Close").click()
    page.locator("#sold-list").get_by_role("button", name="Change size").click()
    sheet.get_by_label("Scan the new piece").fill(large)
    sheet.get_by_label("Scan the new piece").press("Enter")
    expect(sheet).to_contain_text("Changed.", timeout=SIX_S)
    assert scene.store.resources.catalogue.sold([SHIRT[0], large]) == {large}


def test_the_desk_follows_what_the_shopper_chooses(page: Page, scene: Scene) -> None:
    for piece in (SHIRT[0], COAT[0]):
        scene.store.service.floor.rooms_changed([TagArrived("1", piece, True, 0.9, 1)])
    page.locator("#tab-desk").click()
    basket = page.locator("[data-basket='1']")
    expect(basket).to_contain_text("nothing chosen yet", timeout=SIX_S)
    expect(basket).not_to_contain_text("€")
    scene.room.of_room("PUT", "/basket", ReportBasket(TICKET, (COAT[0],)))
    expect(basket).to_contain_text("€980", timeout=SIX_S)
    basket.get_by_role("button", name="Take over").click()
    expect(page.locator("#sheet input:checked")).to_have_count(1)


def test_a_declined_card_may_be_followed_by_another(page: Page, scene: Scene) -> None:
    price(scene.room)
    page.locator("#tab-rooms").click()
    page.locator("#tab-desk").click()
    page.locator("[data-basket='1'] button").click()
    sheet = page.locator("#sheet")
    sheet.get_by_role("button", name="Collect €129").click()
    scene.terminal.tap(good=False)
    expect(sheet).to_contain_text("The card was declined.", timeout=SIX_S)
    sheet.get_by_role("button", name="Try again").click()
    scene.terminal.tap()
    expect(sheet).to_contain_text("Paid. Receipt 000001", timeout=SIX_S)
    assert scene.terminal.collected() == [0, 1]


def test_a_payment_without_a_known_result_is_settled_by_an_associate(page: Page, scene: Scene) -> None:
    price(scene.room)
    scene.terminal.silent = True
    collect(scene.room)
    ends(scene.stream, "parked")
    expect(page.locator("#tab-desk")).to_have_text("Desk (1)", timeout=SIX_S)
    unknown = page.locator(".unknown")
    expect(unknown).to_contain_text("The terminal does not say whether this was paid.")
    unknown.get_by_role("button", name="Settle").click()
    sheet = page.locator("#sheet")
    sheet.get_by_role("button", name="Ask the terminal again").click()
    expect(page.locator("#trouble")).to_have_text("The terminal still does not say.", timeout=SIX_S)
    sheet.locator("input").fill("slip 12")
    sheet.get_by_role("button", name="It was paid", exact=True).click()
    expect(sheet).to_be_hidden(timeout=SIX_S)
    expect(page.locator("#tab-desk")).to_have_text("Desk")
    ends(scene.stream, "paid")
    assert scene.store.payments.book.attempts("o1")[0].reference == "slip 12"  # type: ignore[arg-type]


def test_an_alarm_stays_until_an_associate_confirms_it(page: Page, scene: Scene) -> None:
    for _ in range(3):
        scene.room.of_room(
            "POST",
            "/identify",
            IdentifyShopper(Ticket("t1"), CardTapped(1, "ntag424", CLARA, link(CLARA, 5))),
        )
    alarm = page.locator(".alarm")
    expect(alarm).to_contain_text("Room 1: a copy of a card was shown there.", timeout=SIX_S)
    expect(alarm).to_contain_text("2 times")
    page.reload()
    expect(alarm).to_have_count(1, timeout=SIX_S)
    assert CLARA not in page.content()
    alarm.get_by_role("button", name="Seen").click()
    expect(alarm).to_have_count(0, timeout=SIX_S)
    page.reload()
    expect(page.locator("#link")).to_have_text("live", timeout=SIX_S)
    expect(alarm).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_fits_phone_and_tablet(page: Page, scene: Scene, language: str) -> None:
    price(scene.room, pieces=(SHIRT, COAT))
    page.locator("#language").select_option(language)
    page.locator("#tab-desk").click()
    expect(page.locator("[data-basket='1']")).to_be_visible(timeout=SIX_S)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    for size in ({"width": 320, "height": 700}, HANDHELD, TABLET):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (language, size)
    page.locator("[data-basket='1'] button").click()
    assert page.evaluate("(s => s.scrollWidth <= s.clientWidth)(document.getElementById('sheet'))"), language
    assert not page.locator("body").inner_text().count("{")
