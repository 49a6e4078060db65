"""The port for e-mail.

Promises of a driver, tested in `tests/contracts/test_mail_senders.py`:
- `send` returns only if the server has taken the message. After MailRefusedError it has not, and never will.
- After MailLostError it may have: the same message, with the same `message_id`, is sent again (at least once).
- A server that falls silent ends a call within its time limit.
- An address or a subject can add no header and no recipient. Nothing of an address is in the text of an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Protocol

MAX_ADDRESS_CHARS: Final = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets (RFC 3696, erratum 1690)."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)


class MailError(Exception):
    """Base of the errors of this package. Their texts contain no address.

    MailError
    |-- NoMailDriverError   the configuration cannot be used; permanent
    |-- BadAddressError     a text is no e-mail address
    |-- MailRefusedError    the server refuses this message or recipient for good
    `-- MailLostError       not sent, or perhaps sent: the same message is sent again later
    """


class NoMailDriverError(MailError):
    """The configuration of e-mail cannot be used; the text says what is wrong with it."""


class BadAddressError(MailError):
    """A text is no e-mail address."""

    def __init__(self) -> None:
        super().__init__("this is no e-mail address")


class MailRefusedError(MailError):
    """The server refuses the message for good; `code` is its reply (RFC 5321, 4.2)."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"the server refuses it with {code}")


class MailLostError(MailError):
    """The message was not sent, or perhaps sent; the text is the reason in a few words."""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An e-mail address (RFC 5321, 4.1.2): ASCII, without quotes and comments. Made by `mail_address`."""

    text: str = field(repr=False)


def mail_address(typed: str) -> MailAddress:
    """The address that somebody typed; an international domain in its ASCII form. Raises BadAddressError."""
    local, at, domain = typed.strip().rpartition("@")
    try:
        ascii_domain = domain.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise BadAddressError from None
    labels = ascii_domain.split(".")
    found = f"{local}@{ascii_domain}"
    right = (
        at and len(found) <= MAX_ADDRESS_CHARS and len(local) <= 64 and len(labels) >= 2
        and _LOCAL.fullmatch(local) and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )  # fmt: skip
    if not right:
        raise BadAddressError
    return MailAddress(found)


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A PNG picture inside a message; its HTML shows it with `src="cid:CONTENT_ID"` (RFC 2392)."""

    content_id: str
    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `message_id`: without angle brackets, the same each time it is sent. `sender_name` may be empty.

    `images`: those that the HTML shows; nothing else is loaded when it is opened.
    """

    message_id: str
    to: MailAddress
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    language: str = "en"
    sender_name: str = ""
    images: tuple[InlineImage, ...] = ()


class MailSender(Protocol):
    """Sends messages. Used by one thread at a time."""

    @property
    def domain(self) -> str:
        """Domain of the sender, for message ids."""
        ...

    def send(self, mail: Mail) -> None:
        """Gives a message to the server. Raises MailRefusedError, MailLostError."""
        ...

    def probe(self) -> None:
        """Connects and signs in; sends nothing. Raises MailLostError."""
        ...
