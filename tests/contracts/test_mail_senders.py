"""The promises of the SMTP driver, with a real server: what is taken, refused and lost; encryption; headers."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.connectors.messages.composing import composed
from kiosk.connectors.messages.port import (
    BadAddressError,
    Mail,
    MailAddress,
    MailError,
    MailLostError,
    MailRefusedError,
    NoMailDriverError,
    mail_address,
)
from kiosk.connectors.messages.smtp import MailAccount, SmtpSender, _Timed
from tests.kiosk.connectors.messages.mail_server import (
    PASSWORD,
    USER,
    Certificate,
    MailServer,
    certificate,
    mail_server,
)

CLARA = mail_address("clara@example.com")
MAIL = Mail(
    "abc@shop.example", CLARA, "Your receipt 1", "Total: 1,00 €", "<p>Total: 1,00 €</p>", "de", "Ost & Co"
)


def sender(server: MailServer, scheme: str = "smtp", **more: Any) -> SmtpSender:
    account = MailAccount(
        f"{scheme}://127.0.0.1:{server.port}", "receipts@shop.example", **{"timeout_s": 5.0, **more}
    )
    return SmtpSender(account, lambda: 1_790_000_000.0)


def password_file(folder: Path, password: str = PASSWORD) -> Path:
    file = folder / "mail_key"
    file.write_text(f"password: {password}\n", encoding="utf-8")
    file.chmod(0o600)
    return file


def test_a_message_arrives_as_text_and_html_in_her_language() -> None:
    with mail_server() as server:
        sender(server).send(MAIL)
        (message,) = server.received
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "1,00 €" in text.get_content()
    assert "<p>" in html.get_content()
    assert message["From"] == "Ost & Co <receipts@shop.example>"
    assert (message["To"], message["Subject"]) == ("clara@example.com", "Your receipt 1")
    assert (message["Content-Language"], message["Message-ID"]) == ("de", "<abc@shop.example>")


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (("RCPT", "550 no such user"), MailRefusedError), (("RCPT", "450 try later"), MailLostError),
        (("RCPT", "421 closing"), MailLostError), (("DATA", "554 refused"), MailRefusedError),
        (("DATA", "451 later"), MailLostError), (("AFTER", ""), MailLostError),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_each_reply_is_a_refusal_or_a_loss(reply: tuple[str, str], error: type[MailError]) -> None:
    with mail_server() as server:
        server.replies.append(reply)
        with pytest.raises(error) as caught:
            sender(server).send(MAIL)
        assert "clara" not in str(caught.value)
        # the next one is taken
        sender(server).send(MAIL)
        assert server.envelopes[-1] == ("receipts@shop.example", ["clara@example.com"])


def test_a_silent_server_and_nobody_at_the_port_are_losses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        silent = MailServer(port=deaf.getsockname()[1])
        with pytest.raises(MailLostError, match=r"in time|cannot be reached"):
            sender(silent, timeout_s=0.5).send(MAIL)
    with pytest.raises(MailLostError, match="cannot be reached"):
        sender(silent).send(MAIL)


@contextmanager
def dripping_server(drop: bytes, tls: Certificate | None = None) -> Iterator[MailServer]:
    """A server whose greeting never ends: it goes on sending this."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                line, _ = listening.accept()
                with tls.context.wrap_socket(line, server_side=True) if tls else line as client:
                    client.settimeout(5)
                    while True:
                        client.sendall(drop)
                        # a client that is gone ends this at once; one that reads on gets more
                        with suppress(TimeoutError):
                            client.settimeout(0.05)
                            if not client.recv(1):
                                return

        Thread(target=serve, daemon=True).start()
        yield MailServer(port=listening.getsockname()[1])


@pytest.mark.parametrize("drop", [b"2", b"220-wait\r\n"], ids=["letters", "lines"])
@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_reply_that_never_ends_is_a_loss(tmp_path: Path, scheme: str, drop: bytes) -> None:
    own = certificate(tmp_path) if scheme == "smtps" else None
    more = {"ca_file": own.cert} if own else {}
    with dripping_server(drop, own) as server, pytest.raises(MailLostError, match=r"reached|answers"):
        sender(server, scheme, timeout_s=0.5, **more).send(MAIL)


@contextmanager
def sipping_server(tls: Certificate) -> Iterator[MailServer]:
    """A server that agrees to everything at once, and takes a message in sips, so that no single write stands still."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)

        def serve() -> None:
            with suppress(OSError):
                line, _ = listening.accept()
                with tls.context.wrap_socket(line, server_side=True) as client:
                    client.sendall(b"220 shop\r\n")
                    while not client.recv(1000).startswith(b"data"):
                        client.sendall(b"250 OK\r\n")
                    client.sendall(b"354 go on\r\n")
                    while client.recv(16_384) and not ended.wait(0.1):
                        continue

        ended, thread = Event(), Thread(target=serve)
        thread.start()
        try:
            yield MailServer(port=listening.getsockname()[1])
        finally:
            ended.set()
            thread.join()


def test_a_server_that_takes_a_message_in_sips_is_a_loss(tmp_path: Path) -> None:
    own, large = certificate(tmp_path), replace(MAIL, text="x" * 6_000_000)
    with sipping_server(own) as server, pytest.raises(MailLostError):
        sender(server, "smtps", timeout_s=1.0, ca_file=own.cert).send(large)


def test_a_message_as_a_whole_has_a_limit() -> None:
    with mail_server() as server:
        line = _Timed("127.0.0.1", server.port, "shop.example", timeout=5.0)
        assert line.ehlo()[0] == 250
        line._until_s = time.monotonic()
        for ask in (line.ehlo, line.quit):
            with pytest.raises(TimeoutError):
                ask()
        line.close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_tls_and_sign_in(tmp_path: Path) -> None:
    own = certificate(tmp_path)
    more: dict[str, Any] = {"user": USER, "key_file": password_file(tmp_path), "ca_file": own.cert}
    with mail_server(tls=own, auth=True) as server:
        sender(server, "smtps", **more).send(MAIL)
        assert (len(server.received), server.users) == (1, [USER])
    with mail_server(starttls=own, auth=True) as server:
        sender(server, **more).send(MAIL)
        sender(server, **more).probe()
        assert (len(server.received), server.users) == (1, [USER, USER])
        wrong = password_file(tmp_path, "other")
        with pytest.raises(MailLostError, match="password"):
            sender(server, **more | {"key_file": wrong}).send(MAIL)


@pytest.mark.parametrize("host", ["127.0.0.1", "other.example"])
def test_a_certificate_that_is_not_trusted_or_for_another_name_gets_nothing(
    tmp_path: Path, host: str
) -> None:
    own, trusted = certificate(tmp_path, host), certificate(tmp_path, "127.0.0.9")
    ca = trusted.cert if host == "127.0.0.1" else own.cert
    servers: tuple[tuple[str, dict[str, Any]], ...] = (("smtps", {"tls": own}), ("smtp", {"starttls": own}))
    for scheme, server_tls in servers:
        with mail_server(**server_tls) as server:
            with pytest.raises(MailLostError, match="not trusted"):
                sender(server, scheme, ca_file=ca).send(MAIL)
            assert server.received == []


def test_a_server_that_is_away_is_named_in_plain_words(free_port: Callable[[], int]) -> None:
    for uri, words in (
        (f"smtp://127.0.0.1:{free_port()}", "it refuses the connection"),
        ("smtps://mail.invalid", "this computer finds no address of its name"),
    ):
        with pytest.raises(MailLostError) as caught:
            SmtpSender(MailAccount(uri, "a@b.example")).probe()
        assert words in str(caught.value)
        # a planted fault: the name of the exception in place of a reason
        assert not re.search("[A-Za-z]*[eE]rror", str(caught.value))
        assert re.search("[A-Za-z]*[eE]rror", f"the server cannot be reached ({socket.gaierror.__name__})")


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (MailAccount("imap://h", "a@b.example"), "write smtps://HOST"),
        (MailAccount("smtp://u:p@h", "a@b.example"), "only host and port"),
        (MailAccount("smtp://h", "nobody"), "`sender` is no e-mail address"),
        (MailAccount("smtp://h", "a@b.example", user="u"), "belong together"),
        (MailAccount("smtp://h", "a@b.example", user="u", key_file=Path("/none")), "no such file"),
        (MailAccount("smtp://h", "a@b.example", ca_file=Path("/none")), "correct `ca_file`"),
    ],
)
def test_a_wrong_account_says_what_to_do(account: MailAccount, words: str) -> None:
    with pytest.raises(NoMailDriverError) as caught:
        SmtpSender(account)
    assert words in str(caught.value)


def test_a_password_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = password_file(tmp_path)
    file.chmod(0o644)
    with pytest.raises(NoMailDriverError, match="chmod 600"):
        SmtpSender(MailAccount("smtp://h", "a@b.example", "u", file))


@pytest.mark.parametrize(
    "typed", ["clara@example.com", " a.b+c@sub.example.co ", "x@bücher.example", "o'n@ex-ample.org"]
)
def test_addresses(typed: str) -> None:
    found = mail_address(typed).text
    assert found.isascii()
    assert "clara" not in repr(mail_address("clara@example.com"))


@pytest.mark.parametrize(
    "typed",
    ["", "clara", "@b.example", "a@", "a@b", "a b@c.example", "a@b.example\nBcc: x@y.example",
     "a@b.example,c@d.example",
     "<a@b.example>", "a@[127.0.0.1]", "a@127.0.0.1", "a@-b.example", "a..b@c.example", '"a b"@c.example',
     "é@b.example",
     "a@b.example\x00", "a" * 65 + "@b.example", "a@" + "b" * 250 + ".example"],
)  # fmt: skip
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(BadAddressError):
        mail_address(typed)


def plain(text: str) -> str:
    """The text without lone surrogates."""
    return text.encode("utf-8", "replace").decode()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=60))
def test_no_text_adds_a_header_or_a_recipient(subject: str, name: str, body: str) -> None:
    mail = Mail("id@shop.example", CLARA, plain(subject), plain(body), plain(body), "en", plain(name))
    head = composed(mail, mail_address("receipts@shop.example"), 0).split(b"\r\n\r\n")[0]
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line[:1].isspace()]
    assert sorted(names) == sorted(
        [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Content-Language", b"Auto-Submitted",
         b"MIME-Version", b"Content-Type"]
    )  # fmt: skip


def test_planted_a_line_break_in_an_address_is_refused_by_the_composer_too() -> None:
    planted = replace(MAIL, to=MailAddress("a@b.example\r\nBcc: x@y.example"))
    with pytest.raises(ValueError, match=r"\w"):
        composed(planted, CLARA, 0)
