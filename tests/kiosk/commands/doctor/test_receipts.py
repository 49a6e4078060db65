"""`cheval doctor` about receipts: links, printers and the mail server, each with what to do."""

from __future__ import annotations

import pytest

from kiosk.commands.doctor.finding import State
from kiosk.commands.doctor.receipts import links, mail, printer
from kiosk.config import StoreConfig
from kiosk.config.receipts import Mail
from tests.kiosk.connectors.messages.mail_server import mail_server
from tests.kiosk.connectors.printers.fake_printer import Mood, fake_printer


def test_links_say_which_phones_open_them() -> None:
    assert links(StoreConfig()).state is State.NOTE
    public = StoreConfig.model_validate({"listen": {"public_url": "https://receipts.shop.example"}})
    assert links(public).state is State.GOOD
    wifi = links(StoreConfig.model_validate({"listen": {"public_url": "http://10.0.0.5:8075"}}))
    assert (wifi.state, "Wi-Fi" in wifi.advice) == (State.NOTE, True)


@pytest.mark.parametrize(
    ("mood", "words"),
    [(Mood.PAPER_OUT, "new roll"), (Mood.COVER_OPEN, "Close its cover"), (Mood.OFFLINE, "feed button"),
     (Mood.MUTE, "status=no")],
)  # fmt: skip
def test_a_printer_that_cannot_print_has_an_advice(mood: Mood, words: str) -> None:
    with fake_printer(mood) as fake:
        found = printer("desk", fake.uri)
        assert (found.state, words in found.advice) == (State.BAD, True)
        fake.mood = Mood.GOOD
        assert printer("desk", fake.uri).state is State.GOOD
        assert fake.receipts == []
    assert printer("desk", fake.uri).state is State.BAD


def test_a_mail_server_is_tried_without_a_message() -> None:
    with mail_server() as server:
        account = Mail(uri=f"smtp://127.0.0.1:{server.port}", sender="receipts@shop.example")
        assert mail(account).state is State.GOOD
        assert server.received == []
    assert mail(account).state is State.BAD
