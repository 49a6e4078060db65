"""Checks the network: terminals, the store, and whether the store's port is free."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request

from hardware.network.host_names import host_and_port
from kiosk.commands.doctor.finding import Finding, State, bad, good
from kiosk.core.exchanges import ROOM_PREFIX
from kiosk.pairing.credentials import read_credentials
from kiosk.pairing.store_tls import opener_of, untrusted_reason

_TIMEOUT_S = 3.0
_MAX_HEALTH_BYTES = 1 << 20
# waiting times are shown in minutes; a card's proof is valid for five
_MAX_CLOCK_DIFFERENCE_S = 5.0


def connects(about: str, host: str, port: int, advice: str) -> Finding:
    """A TCP connection to this address succeeds."""
    try:
        socket.create_connection((host, port), timeout=_TIMEOUT_S).close()
    except OSError as error:
        return bad(about, f"{host_and_port(host, port)}: {error.strerror or error}", advice)
    return good(about, f"{host_and_port(host, port)} answers")


_ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 compared with, not bound


def _reached(host: str, port: int) -> str:
    """Host and port at which a store that listens there is reached from this machine."""
    return host_and_port("127.0.0.1" if host in _ANYWHERE else host, port)


def _own_url(host: str, port: int, root: str) -> str:
    """The address of a store of this machine; with a root (PEM) over TLS."""
    return f"{'https' if root else 'http'}://{_reached(host, port)}"


def own_port(host: str, port: int, root: str = "") -> Finding:
    """The store's port is free, or used by a store."""
    about = "store port"
    place = host_and_port(host, port)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if store(_own_url(host, port, root), root).state is State.GOOD:
                return good(about, f"{place}: a store runs there")
            return bad(
                about,
                f"{place}: {error.strerror}",
                "Choose another listen.port, or end the program that uses it.",
            )
    return good(about, f"{place} is free")


def store(url: str, root: str = "", own_token: str = "") -> Finding:
    """A store answers, and its clock agrees with this machine's. `root`: that of its shop (PEM), as it was pinned;
    `own_token`: with it the store says what is wrong."""
    about = "store"
    try:
        with opener_of(root).open(_about_health(url, own_token), timeout=_TIMEOUT_S) as answer:
            health = json.load(answer)
            date = answer.headers.get("Date")
    except HTTPError as error:
        with error:
            closed = _closed_payments(error.read(_MAX_HEALTH_BYTES))
        if closed is not None:
            return bad(about, f"{url}: {closed[0]}", closed[1])
        return bad(
            about,
            f"{url}: answers {error.code}",
            "Another program answers there; check `store` in the file.",
        )
    except (URLError, HTTPException, OSError, ValueError) as error:
        if untrusted := untrusted_reason(error):
            return bad(about, f"{url}: {untrusted}", _OTHER_STORE)
        reason = getattr(error, "reason", error)
        return bad(
            about, f"{url}: {reason}", "Start it: cheval store; or write the correct address into the file."
        )
    if not isinstance(health, dict) or "ok" not in health:
        return bad(about, f"{url}: this is not a Cheval store", "Check `store` in the file.")
    if date and abs(parsedate_to_datetime(date).timestamp() - time.time()) > _MAX_CLOCK_DIFFERENCE_S:
        return bad(
            about,
            f"{url}: its clock and this machine's differ",
            "Synchronise both by the network: timedatectl set-ntp true.",
        )
    return good(about, f"{url} answers")


_OTHER_STORE = (
    "Is this the address of the shop's store? If its root was made anew, pair this mirror again:"
    " `cheval pair ROOM` on the store's computer."
)


def disk_words(disk: Mapping[str, Any]) -> str:
    """What a store says of a disk with too little space."""
    return f"no new orders are taken: {disk.get('free_mb')} MB are free, {disk.get('floor_mb')} MB are wanted"


def disk_advice(disk: Mapping[str, Any]) -> str:
    """What to do about it."""
    return f"Free space on the disk of the state directory; orders are taken again from {disk.get('floor_mb')} MB on."


def _closed_payments(body: bytes) -> tuple[str, str] | None:
    """What a store says that is not well, and what to do; None if the answer is not that of a store."""
    try:
        health = json.loads(body)
        ledger, disk = health["ledger"], health.get("disk", {})
        if disk.get("low"):
            return disk_words(disk), disk_advice(disk)
        if health["payments_closed"]:
            advice = str(ledger["advice"])
            return f"payments are closed: {ledger['why']}", f"{advice[:1].upper()}{advice[1:]}."
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return "a part of it does not work (`ok` is false in /api/v1/health)", "Look into its log."


def _about_health(url: str, own_token: str) -> Request:
    headers = {"Authorization": f"Bearer {own_token}"} if own_token else {}
    return Request(f"{url}/api/v1/health", headers=headers)  # noqa: S310 the scheme is checked in the file


def _health(url: str, root: str, own_token: str) -> Any:
    """The answer about a store's health, also of one that is not well (503). Raises URLError, OSError."""
    try:
        return opener_of(root).open(_about_health(url, own_token), timeout=_TIMEOUT_S)
    except HTTPError as error:
        if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
            error.close()
            raise
        return error


def running_radio(host: str, port: int, root: str = "", own_token: str = "") -> dict[str, bool]:
    """The readers of the store that runs at this address, and whether each answers it; empty if none runs there."""
    found = running_part(host, port, "radio", root, own_token)
    return {str(name): bool(up) for name, up in found.items()}


def running_part(host: str, port: int, name: str, root: str = "", own_token: str = "") -> dict[str, Any]:
    """A part of the health of the store that runs at this address; empty if none runs there, or it has no such part."""
    part = running_health(host, port, root, own_token).get(name)
    return dict(part.items()) if isinstance(part, dict) else {}


def running_health(host: str, port: int, root: str = "", own_token: str = "") -> dict[str, Any]:
    """What the store that runs at this address says of itself; empty if none runs there. `own_token`: that of this
    computer's commands, without which it says `ok` alone."""
    try:
        with _health(_own_url(host, port, root), root, own_token) as answer:
            found = json.loads(answer.read(_MAX_HEALTH_BYTES))
    except (URLError, HTTPException, OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def token(url: str, room: str, file: Path, part: str = "mirror") -> Finding:
    """The store accepts the token in this file for this room (or `stand`). The request changes nothing."""
    about, place = "pairing", "stand" if part == "stand" else "room"
    again = f"Run `cheval pair {room}` on the store's computer, then `cheval {part} --pair CODE` here."
    try:
        found = read_credentials(file)
        asked = Request(  # noqa: S310 the scheme is checked in the file
            url
            + (
                f"/api/v1/stands/{room}/taps"
                if part == "stand"
                else f"{ROOM_PREFIX.format(room=room)}/pieces"
            ),
            b"{}",
            {"Authorization": f"Bearer {found.token}", "Content-Type": "application/json"},
        )
        opener_of(found.root).open(asked, timeout=_TIMEOUT_S).close()
    except HTTPError as error:
        error.close()
        if error.code == HTTPStatus.UNAUTHORIZED:
            return bad(about, "the store refuses the token", again)
        if error.code == HTTPStatus.FORBIDDEN:
            missing = f", or the store has no stand {room} in its configuration" if part == "stand" else ""
            return bad(about, f"the token is for another {place} than {room}{missing}", again)
    except (URLError, HTTPException, OSError, ValueError) as error:
        return bad(about, f"cannot be checked: {getattr(error, 'reason', error)}", again)
    return good(about, f"the store accepts the token for {place} {room}")
