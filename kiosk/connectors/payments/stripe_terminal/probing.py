"""Tries a reader without moving money, and lists the readers of an account."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from kiosk.connectors.payments.host_address import UnknownHostError
from kiosk.connectors.payments.place import TerminalPlace
from kiosk.connectors.payments.port import ProbeFinding, TerminalMode, TerminalProbe
from kiosk.connectors.payments.stripe_terminal.api import Found, StripeApi
from kiosk.connectors.payments.stripe_terminal.failures import FailureKind, StripeFailure
from kiosk.connectors.payments.stripe_terminal.session import Session, Waits, lost
from kiosk.connectors.payments.stripe_terminal.settings import API_BASE, StripeSettings, settings_of

PROBE_S = 12.0
_ADVICE = {
    FailureKind.ACCESS: "the key is wrong, revoked, or lacks a right; make a new key in Stripe's dashboard (Developers,"
    " API keys) that may write PaymentIntents, Refunds and Terminal, and write it into `key_file`",
    FailureKind.MISSING: "`cheval terminals list` shows the readers of this key; a test key does not see readers of "
    "live mode, nor the other way round",
    FailureKind.MODE: "the reader belongs to the other mode than the key: use the key of the same mode",
}
_WAY = (
    "allow this computer outgoing HTTPS to {host} (port 443) in the firewall; no proxy is used, not even one of the"
    " environment. `curl --noproxy '*' -I https://{host}` must print a reply"
)
_CERTIFICATE = (
    "if this network inspects TLS, write its certificates into `ca_file`; otherwise look who answers there, and whether"
    " this computer's clock is right (timedatectl)"
)


@dataclass(frozen=True, slots=True)
class StripeReader:
    """A reader of the account. `address`: how the configuration names it."""

    address: str
    label: str
    model: str
    serial: str
    location: str
    online: bool
    live: bool


def list_stripe_readers(place: TerminalPlace) -> tuple[StripeReader, ...]:
    """All readers of the account of `place.key_file`. Raises NoTerminalDriverError, TerminalLostError."""
    api = StripeApi(settings_of(place, any_reader=True))
    session = Session(api, "", Waits())
    try:
        return tuple(_listed(found) for found in api.readers(session.until(PROBE_S)))
    except StripeFailure as failure:
        raise lost(failure) from None
    finally:
        session.close()


def probed(session: Session, settings: StripeSettings) -> TerminalProbe:
    """Raises nothing."""
    mode = TerminalMode.LIVE if settings.live else TerminalMode.TEST
    try:
        reader = session.api.reader(session.until(PROBE_S))
    except StripeFailure as failure:
        what, advice = _told(session, failure)
        return TerminalProbe(
            reachable=failure.kind is not FailureKind.NO_REPLY,
            paired=False if failure.kind is FailureKind.MISSING else None,
            clock_difference_s=session.api.connections.clock_difference_s,
            certificate=_certificate(session),
            mode=mode,
            findings=(ProbeFinding(what, advice),),
        )
    return TerminalProbe(
        reachable=True,
        paired=True,
        clock_difference_s=session.api.connections.clock_difference_s,
        certificate=_certificate(session),
        mode=mode,
        model=_text(reader, "device_type"),
        serial=_text(reader, "serial_number"),
        findings=tuple(_findings(settings, reader)),
    )


def _told(session: Session, failure: StripeFailure) -> tuple[str, str]:
    """What a failure is, and what to do."""
    if failure.kind is FailureKind.NO_REPLY:
        return _unreachable(session.api.connections.failed_with, session.api.connections.host)
    if failure.kind is FailureKind.MISSING:
        return f"Stripe knows no reader {session.reader_id} under this key", _ADVICE[failure.kind]
    other = "try again in a minute; status.stripe.com tells of outages"
    return str(failure), _ADVICE.get(failure.kind, other)


def _unreachable(error: Exception | None, host: str) -> tuple[str, str]:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"the certificate that answers for {host} is not accepted ({error.verify_message})",
            _CERTIFICATE,
        )
    if isinstance(error, UnknownHostError):
        return (
            f"this computer finds no address of {host}",
            f"look at its network cable and its DNS server: `getent hosts {host}` must print an address",
        )
    if isinstance(error, ConnectionRefusedError):
        return f"{host} refuses the connection", _WAY.format(host=host)
    return f"{host} gives no usable reply", _WAY.format(host=host)


def _certificate(session: Session) -> str:
    until = session.api.connections.certificate_until
    return f"valid until {until}" if until else ""


def _findings(settings: StripeSettings, reader: Found) -> list[ProbeFinding]:
    found = []
    if reader.get("status") != "online":
        found.append(
            ProbeFinding(
                "Stripe has no connection with the reader",
                "look whether it is switched on and in the network; it needs a way out to Stripe of its own",
            )
        )
    if not reader.get("location"):
        found.append(
            ProbeFinding(
                "the reader has no location",
                "give it one in Stripe's dashboard, or no payment starts",
            )
        )
    if settings.base != API_BASE:
        found.append(
            ProbeFinding("this is a double on this computer", "take `base` out of the address", good=True)
        )
    return found


def _listed(reader: Found) -> StripeReader:
    return StripeReader(
        f"stripe://{_text(reader, 'id')}",
        _text(reader, "label"),
        _text(reader, "device_type"),
        _text(reader, "serial_number"),
        _text(reader, "location"),
        reader.get("status") == "online",
        reader.get("livemode") is True,
    )


def _text(reader: Found, name: str) -> str:
    value = reader.get(name)
    if isinstance(value, dict):
        value = value.get("display_name") or value.get("id")
    return value[:100] if isinstance(value, str) and value.isprintable() else ""
