"""Checks RFID readers: reachable, trusted certificate, uses LLRP; and the last check of the reference tags."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from hardware.drivers.impinj import HTTPS_PORT
from hardware.drivers.llrp import LLRP_PORT, LLRPS_PORT
from hardware.drivers.tag_reader import is_scanner
from hardware.errors import LlrpFrameError, UriError
from hardware.llrp.codec import decode
from hardware.llrp.constants import ConnectionStatus
from hardware.llrp.frames import Framer
from hardware.llrp.messages import Message, ReaderEventNotification
from hardware.tls import client_tls_context
from kiosk.commands.doctor import cards, scanner
from kiosk.commands.doctor.finding import Finding, bad, good, note

_TIMEOUT_S = 3.0
_PORTS = {"llrp": LLRP_PORT, "llrps": LLRPS_PORT, "impinj+https": HTTPS_PORT}
_CHECK_CABLE = "Check its power, its cable and its address; try `ping` from this machine."
_CHECK_CERTIFICATE = "Give the certificate of its authority: append ?ca=FILE to the address."
_CHECK_PORT = "Another program answers there; check the port in the file."


def look(name: str, uri: str) -> Finding:
    """An RFID reader is reachable, its certificate is trusted, and it accepts a connection."""
    about = f"reader {name}"
    parts = urlsplit(uri)
    if parts.scheme == "pcsc":
        return cards.look(uri)[-1]
    if is_scanner(uri):
        return scanner.look(about, uri)
    if parts.scheme not in _PORTS:
        return good(about, f"{parts.scheme}:// needs no network")
    place = f"{parts.hostname}:{parts.port or _PORTS[parts.scheme]}"
    try:
        with closing(_link(parts)) as link:
            return (
                _llrp_finding(about, place, link)
                if parts.scheme != "impinj+https"
                else good(about, f"{place} answers")
            )
    except ssl.SSLError as error:
        return bad(about, f"{place}: {error.reason or error}", _CHECK_CERTIFICATE)
    except UriError as error:
        return bad(about, str(error), _CHECK_CERTIFICATE)
    except LlrpFrameError as error:
        return bad(about, f"{place}: {error}", _CHECK_PORT)
    except OSError as error:
        return bad(about, f"{place}: {error.strerror or error}", _CHECK_CABLE)


def references(file: Path, now_us: int) -> Iterator[Finding]:
    """Result of the store's last daily check of reference tags; none if there was no check yet."""
    try:
        last = json.loads(file.read_text("utf-8"))
        drifts = [(str(d["room"]), d["expected_dbm"], d["heard_dbm"]) for d in last["drifts"]]
        hours = (now_us - int(last["checked_us"])) / 3.6e9
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        yield note("reference tags", f"{file} cannot be read", "The store replaces it at its next check.")
        return
    for room, expected, measured_dbm in drifts:
        found = "is not read any more" if measured_dbm is None else f"is read at {measured_dbm:.0f} dBm"
        yield bad(
            "reference tags",
            f"the tag in room {room} {found}; the survey measured {expected:.0f} dBm",
            "Check that room's antenna and cable, and whether the tag is still in place; then run `cheval survey`.",
        )
    if not drifts:
        yield good("reference tags", f"all tags were read as in the survey, {hours:.0f} hours ago")


def _link(parts: SplitResult) -> socket.socket:
    host = parts.hostname or ""
    link = socket.create_connection((host, parts.port or _PORTS[parts.scheme]), timeout=_TIMEOUT_S)
    if parts.scheme == "llrp":
        return link
    try:
        return client_tls_context(parse_qs(parts.query).get("ca", [None])[0]).wrap_socket(
            link, server_hostname=host
        )
    except BaseException:
        link.close()
        raise


def _llrp_finding(about: str, place: str, link: socket.socket) -> Finding:
    try:
        said = _first_message(link)
    except TimeoutError:
        return note(
            about,
            f"{place} is open, but sends nothing",
            "Some readers wait for the client; start the store and look at its log.",
        )
    if not isinstance(said, ReaderEventNotification) or said.connection is None:
        return bad(
            about,
            f"{place} answers, but does not use the LLRP protocol",
            "Switch LLRP on in the reader's settings.",
        )
    if said.connection is not ConnectionStatus.SUCCESS:
        return note(about, f"{place} is used by another client", "That is the store itself, if it runs.")
    return good(about, f"{place} uses LLRP")


def _first_message(link: socket.socket) -> Message | None:
    """The reader's first message after connecting (LLRP 1.0.1, clause 13.2.7.10); None if it closes the connection."""
    framer = Framer()
    deadline = time.monotonic() + _TIMEOUT_S
    while (left := deadline - time.monotonic()) > 0:
        link.settimeout(left)
        chunk = link.recv(4096)
        if not chunk:
            return None
        for frame in framer.feed(chunk):
            return decode(frame)
    raise TimeoutError
