"""What answers on the network: readers, terminals, the store, and whether its port is still free."""

from __future__ import annotations

import json
import socket
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from hardware.errors import FrameError
from hardware.llrp.codec import decode
from hardware.llrp.frames import Framer
from hardware.llrp.messages import Message, ReaderEvent
from hardware.llrp.numbers import ConnectionStatus
from hardware.open import LLRP_PORT
from kiosk.doctor.finding import Finding, State, bad, good, note

_WAIT_S = 3.0
# a mirror shows promises in minutes, and proofs live for five
_CLOCKS_MAY_DIFFER_S = 5.0


def reader(name: str, uri: str) -> Finding:
    """An RFID reader is there, speaks LLRP, and lets one in."""
    about = f"reader {name}"
    parts = urlsplit(uri)
    if parts.scheme != "llrp":
        return good(about, f"{parts.scheme}:// needs no network")
    host, port = parts.hostname or "", parts.port or LLRP_PORT
    try:
        with socket.create_connection((host, port), timeout=_WAIT_S) as link:
            said = _first_message(link)
    except TimeoutError:
        return bad(about, f"{host}:{port} says nothing within {_WAIT_S:.0f} s", _CABLE)
    except FrameError as error:
        return bad(
            about, f"{host}:{port}: {error}", "Something else answers there; look at the port in the file."
        )
    except OSError as error:
        return bad(about, f"{host}:{port}: {error.strerror or error}", _CABLE)
    if not isinstance(said, ReaderEvent) or said.connection is None:
        return bad(
            about,
            f"{host}:{port} answers, but not as a reader does",
            "Switch LLRP on in the reader's settings.",
        )
    if said.connection is not ConnectionStatus.SUCCESS:
        return note(
            about, f"{host}:{port} is taken by another client", "That is the store itself, if it runs."
        )
    return good(about, f"{host}:{port} speaks LLRP")


_CABLE = "Look at its power, its cable and its address; try `ping` from this machine."


def _first_message(link: socket.socket) -> Message | None:
    """A reader speaks first on every new connection (LLRP 1.0.1, clause 13.2.7.10)."""
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


def connects(about: str, host: str, port: int, advice: str) -> Finding:
    """Something accepts connections there."""
    try:
        socket.create_connection((host, port), timeout=_WAIT_S).close()
    except OSError as error:
        return bad(about, f"{host}:{port}: {error.strerror or error}", advice)
    return good(about, f"{host}:{port} answers")


_ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 compared with, not bound


def own_port(host: str, port: int) -> Finding:
    """The store's port is free, or a store of ours has it."""
    about = "store port"
    reached = "127.0.0.1" if host in _ANYWHERE else host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if store(f"http://{reached}:{port}").state is State.GOOD:
                return good(about, f"{host}:{port}: a store runs there")
            return bad(
                about, f"{host}:{port}: {error.strerror}", "Choose another listen.port, or end what holds it."
            )
    return good(about, f"{host}:{port} is free")


def store(url: str) -> Finding:
    """A store answers, and its clock agrees with ours."""
    about = "store"
    try:
        with urlopen(f"{url}/api/v1/health", timeout=_WAIT_S) as answer:  # noqa: S310 the scheme is checked in the file
            health = json.load(answer)
            said = answer.headers.get("Date")
    except HTTPError as error:
        error.close()
        return bad(
            about,
            f"{url}: answers {error.code}",
            "Something else answers there; look at `store` in the file.",
        )
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return bad(
            about, f"{url}: {reason}", "Start it: cheval store; or write its right address into the file."
        )
    if not isinstance(health, dict) or "ok" not in health:
        return bad(about, f"{url}: that is no store of ours", "Look at `store` in the file.")
    if said and abs(parsedate_to_datetime(said).timestamp() - time.time()) > _CLOCKS_MAY_DIFFER_S:
        return bad(
            about, f"{url}: its clock and ours differ", "Set both by the network: timedatectl set-ntp true."
        )
    return good(about, f"{url} answers")
