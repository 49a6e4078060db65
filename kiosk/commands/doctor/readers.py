"""RFID readers: reached, trusted, and heard to speak as a reader does."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from hardware.connection import client_tls_context
from hardware.drivers.tag_reader import HTTPS_PORT, LLRP_PORT, LLRPS_PORT, is_scanner
from hardware.errors import LlrpFrameError, UriError
from hardware.llrp.codec import decode
from hardware.llrp.constants import ConnectionStatus
from hardware.llrp.frames import Framer
from hardware.llrp.messages import Message, ReaderEventNotification
from kiosk.commands.doctor import cards, scanner
from kiosk.commands.doctor.finding import Finding, bad, good, note

_WAIT_S = 3.0
_PORTS = {"llrp": LLRP_PORT, "llrps": LLRPS_PORT, "impinj+https": HTTPS_PORT}
_CABLE = "Look at its power, its cable and its address; try `ping` from this machine."
_TRUST = "Name the authority that signed it: ?ca=FILE behind the address."
_STRANGER = "Something else answers there; look at the port in the file."


def look(name: str, uri: str) -> Finding:
    """An RFID reader is there, can be trusted where it should be, and lets one in."""
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
                _greeted(about, place, link)
                if parts.scheme != "impinj+https"
                else good(about, f"{place} answers")
            )
    except ssl.SSLError as error:
        return bad(about, f"{place}: {error.reason or error}", _TRUST)
    except UriError as error:
        return bad(about, str(error), _TRUST)
    except LlrpFrameError as error:
        return bad(about, f"{place}: {error}", _STRANGER)
    except OSError as error:
        return bad(about, f"{place}: {error.strerror or error}", _CABLE)


def references(file: Path, now_us: int) -> Iterator[Finding]:
    """What the store's daily check of the reference tags in the rooms said last; nothing where it never made one."""
    try:
        last = json.loads(file.read_text("utf-8"))
        drifts = [(str(d["room"]), d["expected_dbm"], d["heard_dbm"]) for d in last["drifts"]]
        hours = (now_us - int(last["checked_us"])) / 3.6e9
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        yield note(
            "reference tags", f"{file} cannot be read", "The store writes it anew with its next check."
        )
        return
    for room, expected, heard in drifts:
        found = "is not heard any more" if heard is None else f"is heard at {heard:.0f} dBm"
        yield bad(
            "reference tags",
            f"the tag in room {room} {found}; on the day of the survey it was {expected:.0f} dBm",
            "Look at that room's antenna and cable, and whether the tag still hangs; then `cheval survey`.",
        )
    if not drifts:
        yield good("reference tags", f"all heard as surveyed, {hours:.0f} hours ago")


def _link(parts: SplitResult) -> socket.socket:
    host = parts.hostname or ""
    link = socket.create_connection((host, parts.port or _PORTS[parts.scheme]), timeout=_WAIT_S)
    if parts.scheme == "llrp":
        return link
    try:
        return client_tls_context(parse_qs(parts.query).get("ca", [None])[0]).wrap_socket(
            link, server_hostname=host
        )
    except BaseException:
        link.close()
        raise


def _greeted(about: str, place: str, link: socket.socket) -> Finding:
    try:
        said = _first_message(link)
    except TimeoutError:
        return note(
            about,
            f"{place} is open, but says nothing",
            "Some wait to be asked; start the store and see.",
        )
    if not isinstance(said, ReaderEventNotification) or said.connection is None:
        return bad(
            about, f"{place} answers, but not as a reader does", "Switch LLRP on in the reader's settings."
        )
    if said.connection is not ConnectionStatus.SUCCESS:
        return note(about, f"{place} is taken by another client", "That is the store itself, if it runs.")
    return good(about, f"{place} speaks LLRP")


def _first_message(link: socket.socket) -> Message | None:
    """A reader speaks first on every new connection (LLRP 1.0.1, clause 13.2.7.10); None where it hangs up."""
    framer = Framer()
    deadline = time.monotonic() + _WAIT_S
    while (left := deadline - time.monotonic()) > 0:
        link.settimeout(left)
        chunk = link.recv(4096)
        if not chunk:
            return None
        for frame in framer.feed(chunk):
            return decode(frame)
    raise TimeoutError
