"""Receipts by e-mail: from the page on her phone and from the desk to a real server; the address is erased after."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests

from kiosk.clock import US
from kiosk.connectors.messages.port import Mail, MailAddress, MailLostError, mail_address
from kiosk.store.app import build_store
from kiosk.store.payments.receipts.links import DAY_US, token_of
from kiosk.store.receipts.outbox import MAX_OF_ORDER
from kiosk.store.receipts.outbox_table import MailState
from kiosk.store.receipts.sealing import AddressSeal
from kiosk.store.texts import page_texts
from tests.kiosk.connectors.messages.mail_server import mail_server
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.payments.receipts.mailing_store import (
    ADDRESS,
    box_with,
    mailing,
    outbox,
    sealed,
    states,
)
from tests.kiosk.store.payments.receipts.paid_store import ORDER, Paid
from tests.kiosk.store.sample_shop import CHEAP, PIN, InProcessTerminal, ManualClock
from tests.optional_values import present


def post(sold: Paid, address: str, language: str = "en") -> requests.Response:
    return requests.post(
        f"{sold.url}/r/{token_of(sold.receipt)}", data=urlencode({"address": address}), timeout=10,
        headers={"Accept-Language": language, "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip


def files_with(folder: Path, text: str) -> list[str]:
    return [f.name for f in folder.rglob("*") if f.is_file() and text.encode() in f.read_bytes()]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_she_sends_it_to_herself_from_the_page_on_her_phone(tmp_path: Path, language: str) -> None:
    with mailing(tmp_path) as (sold, server):
        form = sold.opened(language)
        assert "form-action 'self'" in form.headers["content-security-policy"]
        assert page_texts("receipt_mail", language)["note"] in form.text
        answer = post(sold, ADDRESS, language)
        assert (answer.status_code, answer.headers["content-language"]) == (202, language)
        outbox(sold).sweep()
        (message,) = server.received
        assert message["To"] == ADDRESS
        assert message["Content-Language"] == language
        html, text = (present(message.get_body((kind,))).get_content() for kind in ("html", "plain"))
        total = present(sold.store.payments.book.order(ORDER)).total.formatted(language, with_zeros=True)
        assert total in text
        assert total in html
        assert f"{sold.link}" in text
        assert "<b>shirt" not in html, "names are text"
        assert states(sold) == [MailState.SENT]
        assert sealed(sold) == [b""]
        assert files_with(tmp_path, "clara.secret") == []


def test_the_address_is_in_no_file_and_no_log_while_it_waits(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with mailing(tmp_path) as (sold, server):
        server.replies.append(("RCPT", f"450 {ADDRESS} is busy"))
        post(sold, ADDRESS)
        outbox(sold).sweep()
        assert states(sold) == [MailState.WAITING]
        assert len(sealed(sold)[0]) > 20
        assert files_with(tmp_path, "clara.secret") == []
        assert "clara" not in caplog.text


def test_an_associate_sends_it(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, server), associate(sold.url, "a-ines", PIN) as ines:
        status, ways = ines.ask("GET", f"/api/v1/receipt-numbers/{int(sold.receipt.number)}")
        assert (status, ways["receipt"]["number"], ways["mails"]) == (200, sold.receipt.number, True)
        assert ines.ask("GET", "/api/v1/receipt-numbers/77")[0] == 404
        path = f"/api/v1/receipts/{ORDER}/mail"
        assert ines.ask("POST", path, {"address": "nobody"})[0] == 409
        status, ways = ines.ask("POST", path, {"address": ADDRESS, "language": "de"})
        assert (status, [sent["state"] for sent in ways["sent"]]) == (202, ["waiting"])
        outbox(sold).sweep()
        assert server.received[0]["Content-Language"] == "de"
        _, ways = ines.ask("GET", f"/api/v1/receipts/{ORDER}")
        assert [sent["state"] for sent in ways["sent"]] == ["sent"]
        assert ADDRESS not in str(ways)


def test_what_is_no_address_is_said_and_not_kept(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        for typed in ("", "clara", "a@b.example\nBcc: x@y.example", "a@b.example,x@y.example", "a" * 5000):
            assert post(sold, typed).status_code == 422
        assert states(sold) == []


def test_a_receipt_is_sent_a_few_times_only(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        assert [post(sold, ADDRESS).status_code for _ in range(MAX_OF_ORDER + 1)] == [202] * MAX_OF_ORDER + [
            429
        ]
        assert len(states(sold)) == MAX_OF_ORDER


def test_a_temporary_failure_is_repeated_a_refusal_is_not(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, server):
        server.replies += [("RCPT", "450 later"), ("DATA", "451 later")]
        post(sold, ADDRESS)
        for _ in range(2):
            outbox(sold).sweep()
            outbox(sold).sweep()
            sold.clock.pass_s(3600)
        assert server.received == []
        outbox(sold).sweep()
        assert (len(server.received), states(sold)) == (1, [MailState.SENT])
        server.replies.append(("RCPT", "550 no such user"))
        post(sold, ADDRESS)
        outbox(sold).sweep()
        assert states(sold) == [MailState.SENT, MailState.FAILED]
        assert sealed(sold) == [b"", b""]


def test_after_a_day_it_is_given_up_and_the_address_erased(tmp_path: Path) -> None:
    with mail_server() as gone:
        pass
    with mailing(tmp_path, server=gone) as (sold, _):
        post(sold, ADDRESS)
        for _ in range(30):
            outbox(sold).sweep()
            sold.clock.pass_s(3600)
        assert states(sold) == [MailState.FAILED]
        assert sealed(sold) == [b""]
        sold.clock.now_us += 2 * DAY_US
        outbox(sold).sweep()
        assert states(sold) == []


def test_it_is_sent_after_a_restart(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, server):
        post(sold, ADDRESS)
        sold.store.close()
        again = build_store(
            sold.store.settings, clock=ManualClock(sold.clock.now_us), terminals={"till": InProcessTerminal()},
            hasher=CHEAP,
        )  # fmt: skip
        try:
            again.receipts.start()
            server.wait_for(1)
        finally:
            again.close()
        assert server.received[0]["To"] == ADDRESS


class _CannotCompose:
    """A sender in which one address meets a fault of the program."""

    domain = "shop.example"

    def __init__(self, fault: Exception) -> None:
        self.fault, self.taken = fault, list[str]()

    def send(self, mail: Mail) -> None:
        if mail.to.text == ADDRESS:
            raise self.fault
        self.taken.append(mail.to.text)

    def probe(self) -> None:
        raise MailLostError("not here")


@pytest.mark.parametrize(
    "fault",
    [ValueError(ADDRESS), OSError(28, ADDRESS)],
    ids=lambda fault: type(fault).__name__,
)
def test_a_message_that_meets_a_fault_keeps_no_other_waiting(
    tmp_path: Path, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with mailing(tmp_path) as (sold, _):
        sender = _CannotCompose(fault)
        box = box_with(sold, sender)
        box.add(ORDER, mail_address(ADDRESS), "en")
        sold.clock.pass_s(1)
        box.add(ORDER, mail_address("bea@example.com"), "en")
        box.sweep()
        assert sender.taken == ["bea@example.com"]
        assert states(sold) == [MailState.WAITING, MailState.SENT]
        for _ in range(30):
            sold.clock.pass_s(3600)
            box.sweep()
        assert states(sold) == [MailState.FAILED, MailState.SENT]
        assert sealed(sold) == [b"", b""]
        assert "clara" not in caplog.text


class _KilledAfterwards:
    """A sender whose process is killed when the server has taken the message, before that is noted."""

    domain = "shop.example"

    def __init__(self) -> None:
        self.taken: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.taken.append(mail)
        if len(self.taken) == 1:
            raise KeyboardInterrupt

    def probe(self) -> None:
        raise MailLostError("not here")


def test_a_kill_after_the_server_took_it_sends_the_same_message_again(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        sender = _KilledAfterwards()
        box = box_with(sold, sender)
        box.add(ORDER, mail_address(ADDRESS), "en")
        with pytest.raises(KeyboardInterrupt):
            box.sweep()
        box.sweep()
        first, second = sender.taken
        assert first.message_id == second.message_id
        assert states(sold) == [MailState.SENT]


def test_a_clock_that_is_set_back_does_not_keep_a_message_waiting(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, server):
        server.replies.append(("RCPT", "450 later"))
        post(sold, ADDRESS)
        outbox(sold).sweep()
        sold.clock.now_us -= 700 * DAY_US
        outbox(sold).sweep()
        assert states(sold) == [MailState.SENT]


def test_an_expired_link_sends_nothing(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        sold.clock.now_us = sold.receipt.at_us + 91 * DAY_US
        assert post(sold, ADDRESS).status_code == 410
        assert states(sold) == []


def test_an_address_is_bound_to_its_message_and_the_stores_key() -> None:
    seal, address = AddressSeal(b"a" * 32), MailAddress(ADDRESS)
    closed = seal.sealed(address, "m1")
    assert seal.opened(closed, "m1") == address
    assert seal.opened(closed, "m2") is None
    assert AddressSeal(b"b" * 32).opened(closed, "m1") is None
    assert seal.opened(b"", "m1") is None


def test_planted_an_outbox_that_keeps_the_address_is_caught(tmp_path: Path) -> None:
    with mailing(tmp_path) as (sold, _):
        (tmp_path / "planted.log").write_text(f"sent to {ADDRESS} at {US}", encoding="utf-8")
        assert files_with(tmp_path, "clara.secret") == ["planted.log"]
        assert states(sold) == []
