"""Configuration of alarms (who is told, and when, that something does not work), notifications and metrics."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.types import KeyPlace, Language, Place, Section, shaped, uri, web_address

Recipient = Annotated[
    str,
    Field(max_length=254),
    shaped(r"[^\s@<>,;]+@[^\s@<>,;]+", "an e-mail address such as anna@shop.example"),
]


class WebHook(Section):
    """A program that is called with each alarm: JSON by POST, signed with HMAC-SHA-256."""

    url: Annotated[str, uri("https", "http"), web_address]
    """`https://HOST/PATH`; `http://` for this computer alone."""
    key_file: KeyPlace
    """File with `key: VALUE` (at least 16 characters), mode 0600; the receiver checks the signature with it."""
    network: Literal["public", "private", "this-computer"] = "public"
    """Where the receiver's address may be: on the internet, also in a private network, or on this computer."""
    ca_file: Place | None = None
    """Certificates (PEM) of which the receiver must show one. Default: those of the system."""


class Alarms(Section):
    """Alarms by e-mail and web hook, while the shop is open and for some time before it opens. Without `mail_to` and
    `web_hook` the associates' page alone shows what is wrong."""

    mail_to: Annotated[tuple[Recipient, ...], Field(max_length=8)] = ()
    """Recipients; needs `receipts.mail`, the shop's mail server."""
    web_hook: WebHook | None = None
    before_opening_minutes: Annotated[int, Field(ge=0, le=720)] = 30
    """Minutes before the shop opens from which alarms are sent; mirrors must be switched on by then."""
    after_s: Annotated[int, Field(ge=30, le=3600)] = 120
    """Seconds for which something must be wrong before it is an alarm."""
    mirror_starts: Annotated[int, Field(ge=1, le=100)] = 4
    """Starts of a mirror's program within `mirror_starts_minutes`; more are a fault (`mirror-restarts`). The same holds
    for stands (`stand-restarts`)."""
    mirror_starts_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
    """Minutes in which starts are counted; so long after the last ones the fault is over."""
    language: Language | None = None
    """Default: the shop's language."""


class Metrics(Section):
    """`/metrics`, in the text format of Prometheus."""

    token_file: KeyPlace | None = None
    """File with `token: VALUE` (at least 16 characters), mode 0600. With it a monitoring system on another computer may
    ask (`Authorization: Bearer VALUE`). Default: programs of this computer alone."""


class Push(Section):
    """Notifications on the phones and tablets of associates while the page is not seen there (Web Push). It says
    that there is a request, and in which room, and is encrypted for the one device."""

    contact: Recipient | None = None
    """E-mail address of who runs the store. With it, associates can switch notifications on, and the store calls the
    push services of the browsers' makers on the internet; they write to this address when something is wrong. Default:
    no notifications, and nothing is called."""
    network: Literal["public", "private", "this-computer"] = "public"
    """Where the push services may be: on the internet, also in a private network, or on this computer."""
    ca_file: Place | None = None
    """Certificates (PEM) of which the services must show one. Default: those of the system."""
