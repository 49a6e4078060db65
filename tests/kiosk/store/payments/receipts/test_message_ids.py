"""The id of an e-mail is valid and unique for every domain that a sender can have, and arrives as it was made."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.connectors.messages.composing import composed
from kiosk.connectors.messages.port import BadAddressError, Mail, MailAddress, mail_address
from kiosk.store.receipts.message_ids import MAX_CHARS, new_message_id

LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
VALID = re.compile(rf"[0-9a-f]{{32}}@(?P<domain>{LABEL}(?:\.{LABEL})*)", re.ASCII)
"""dot-atom "@" dot-atom (RFC 5322, 3.6.4), the second one a host name."""
labels = st.from_regex(rf"\A{LABEL}\Z")


def is_valid(message_id: str, domain: str) -> bool:
    """Whether it is short enough for one line, of the right form, and ends with labels of the domain."""
    found = VALID.fullmatch(message_id)
    ends = found is not None and (
        f".{domain}".endswith(f".{found['domain']}") or found["domain"] == "receipts.invalid"
    )
    return ends and len(message_id) <= MAX_CHARS


def header(message_id: str, sender: MailAddress) -> str:
    """The header as it is sent."""
    mail = Mail(message_id, mail_address("clara@example.com"), "s", "t", "<p>t</p>")
    lines = composed(mail, sender, 0).decode("ascii").split("\r\n")
    (found,) = [line for line in lines if line.lower().startswith("message-id")]
    return found


def sender_in(domain: str) -> MailAddress | None:
    """A sender in that domain; None if it is no domain of an address."""
    try:
        return mail_address(f"receipts@{domain}")
    except BadAddressError:
        return None


@settings(max_examples=200, deadline=None)
@given(st.lists(labels, min_size=2, max_size=6).map(".".join))
def test_every_domain_of_a_sender_gives_a_valid_id(domain: str) -> None:
    sender = sender_in(domain)
    if sender is None:
        return
    ascii_domain = sender.text.partition("@")[2]
    first, second = new_message_id(ascii_domain), new_message_id(ascii_domain)
    assert first != second
    assert is_valid(first, ascii_domain)
    assert header(first, sender) == f"Message-ID: <{first}>"


@pytest.mark.parametrize(
    ("domain", "kept"),
    [
        ("shop.example", "shop.example"),
        ("a.thirty-one-characters.example", "a.thirty-one-characters.example"),
        ("mail.receipts-of-the-flagship-store.shop.example", "shop.example"),
        ("receipts-of-our-largest-flagship-store.example", "example"),
        ("a." + "x" * 40, "receipts.invalid"),
    ],
)
def test_a_long_domain_loses_whole_labels(domain: str, kept: str) -> None:
    assert new_message_id(domain).partition("@")[2] == kept


def test_planted_a_cut_domain_is_caught() -> None:
    for domain in ("receipts-of-our-largest-stores-.example", "receipts.of-our-largest-stores.example"):
        cut = f"{'0' * 32}@{domain}"[:64]
        assert not is_valid(cut, domain)
