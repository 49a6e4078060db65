"""Tries a terminal without moving money: address, certificate, key, state, way to Adyen, clock, live or test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from kiosk.connectors.payments.nexo import messages
from kiosk.connectors.payments.nexo.certificates import Certificate
from kiosk.connectors.payments.nexo.exchange import Exchange, HttpReply, NotSentError, Sockets
from kiosk.connectors.payments.nexo.line import CloudLine, KeyRefusedError, Line, LocalLine
from kiosk.connectors.payments.nexo.messages import Category
from kiosk.connectors.payments.nexo.replies import Message, inner, json_object, message_of
from kiosk.connectors.payments.port import (
    ProbeFinding,
    TerminalBusyError,
    TerminalLostError,
    TerminalMode,
    TerminalProbe,
    new_key,
)

SOON: Final = timedelta(days=30)
_KEY_ADVICE: Final = (
    "compare key_identifier, key_version and passphrase of the key file with the terminal's settings in the Customer"
    " Area (Encryption key), and wait until the terminal has fetched them"
)
_LOCAL: Final = (
    "compare host and port with the terminal's network settings (port 8443, a fixed address); wake it or switch it on,"
    " and look whether it is in this network"
)
_CLOUD: Final = (
    "allow this computer outgoing HTTPS (port 443) to that host in the firewall, and look at its DNS server; a proxy is"
    " not used"
)
_BUSY: Final = {"unauthorised", "forbidden"}


@dataclass(slots=True)
class _Seen:
    """What the connections of one probe have shown."""

    certificate: Certificate | None = None
    date: str = ""
    findings: list[ProbeFinding] = field(default_factory=list)

    def say(self, what: str, advice: str, *, good: bool = False) -> None:
        self.findings.append(ProbeFinding(what, advice, good))


def probe(line: Line, sockets: Sockets, connect_s: float, reply_s: float) -> TerminalProbe:
    """Asks for the connection (cloud) and for a diagnosis; raises nothing."""
    seen = _Seen()
    reached, paired = True, None
    try:
        if line.status_path:
            _connection(line, sockets, connect_s, reply_s, seen)
        paired = _diagnosis(line, sockets, connect_s, reply_s, seen)
    except NotSentError as error:
        reached = False
        seen.say(str(error), error.advice or (_LOCAL if isinstance(line, LocalLine) else _CLOUD))
    except KeyRefusedError as error:
        paired = False
        seen.say(str(error), _KEY_ADVICE)
    except TerminalBusyError as error:
        paired = False if error.why in _BUSY else None
        seen.say(
            str(error), "compare merchant, device and API key; the key needs the role of the Cloud device API"
        )
    except TerminalLostError as error:
        seen.say(str(error), "try again; restart the terminal if it stays so")
    return _result(line, seen, reached=reached, paired=paired)


def _connection(line: Line, sockets: Sockets, connect_s: float, reply_s: float, seen: _Seen) -> None:
    with Exchange(line.peer, sockets, connect_s) as exchange:
        seen.certificate = exchange.certificate
        exchange.send("GET", line.status_path)
        reply = exchange.receive(reply_s)
    seen.date = reply.date
    line.unpack(HttpReply(reply.status, b""))
    state = json_object(reply.body).get("status")
    if state != "ONLINE":
        seen.say(
            f"Adyen has no connection to the terminal ({str(state)[:20]})",
            "switch it on, look at its network",
        )


def _diagnosis(line: Line, sockets: Sockets, connect_s: float, reply_s: float, seen: _Seen) -> bool | None:
    request = messages.diagnosis(new_key())
    with Exchange(line.peer, sockets, connect_s) as exchange:
        seen.certificate = exchange.certificate
        exchange.send("POST", line.path, line.pack(request))
        reply = exchange.receive(reply_s)
    seen.date = reply.date or seen.date
    message = message_of(line.unpack(reply), Category.DIAGNOSIS, line.poi)
    if message.rejected:
        seen.say(f"the request was rejected: {message.rejected}", _KEY_ADVICE)
        return False
    if not message.succeeded:
        seen.say(
            f"diagnosis failed: {str(message.response.get('ErrorCondition'))[:40]}", "look at its display"
        )
        return True
    seen.findings.extend(_state(message))
    return True


def _state(message: Message) -> Iterator[ProbeFinding]:
    status = inner(message.body, "POIStatus")
    if (state := status.get("GlobalStatus")) not in (None, "OK"):
        # busy: with a payment, at this moment
        yield ProbeFinding(
            f"the terminal is not ready: {str(state)[:20]}", "look at its display", state == "Busy"
        )
    for flag, what, advice in (
        ("CardReaderOKFlag", "the card reader does not work", "restart the terminal, then exchange it"),
        ("PEDOKFlag", "the keypad for the PIN does not work", "restart the terminal, then exchange it"),
        ("CommunicationOKFlag", "it has no connection to Adyen", "look at its network"),
        ("SecurityOKFlag", "its security module reports a fault", "exchange the terminal"),
    ):
        if status.get(flag) is False:
            yield ProbeFinding(what, advice)
    hosts: Any = message.body.get("HostStatus")
    for host in hosts if isinstance(hosts, list) else ():
        if isinstance(host, dict) and host.get("IsReachableFlag") is False:
            yield ProbeFinding(
                "it does not reach Adyen", "allow outgoing HTTPS to *.adyen.com, *.adyenpayments.com"
            )


def _result(line: Line, seen: _Seen, *, reached: bool, paired: bool | None) -> TerminalProbe:
    now = datetime.now(UTC)
    shown, mode, text = seen.certificate, TerminalMode.UNKNOWN, ""
    if shown is not None:
        text = f"{shown.name}, until {shown.until:%Y-%m-%d}, {shown.pin}"
        mode = shown.mode
        if shown.until < now + SOON:
            ended = "has ended" if shown.until < now else "ends"
            seen.say(f"the certificate {ended} on {shown.until:%Y-%m-%d}", "update the terminal", good=True)
    if isinstance(line, CloudLine):
        mode = line.mode
    difference = clock_difference_s(seen.date, now)
    model, _, serial = line.poi.partition("-")
    return TerminalProbe(
        reached, paired, difference, text, mode, model, serial, findings=tuple(seen.findings)
    )


def clock_difference_s(date: str, now: datetime) -> float | None:
    """The clock of a `Date` header minus `now`; None for one that makes no sense."""
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return None
    return (found - now).total_seconds() if found.tzinfo else None
