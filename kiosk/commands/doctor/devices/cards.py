"""Checks the card reader: whether pcscd runs and accepts this user, and which readers it has."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

from hardware.drivers.card_reader import parse_card_reader
from hardware.errors import UriError
from kiosk.commands.doctor import child, network
from kiosk.commands.doctor.devices import card_usb
from kiosk.commands.doctor.finding import Finding, bad, good, note

_SOCKET = Path("/run/pcscd/pcscd.comm")
# in a child process: pcscd can block its caller; only hardware.pcsc.reader imports smartcard
_ASK = "import json; from smartcard.System import readers; print(json.dumps([str(r) for r in readers()]))"


def look(uri: str, daemon: Path = _SOCKET, usb: Path = card_usb.USB) -> list[Finding]:
    """Findings for a mirror's card reader."""
    try:
        address = parse_card_reader(uri)
    except UriError as error:
        return [bad("card reader", str(error), "Correct `cards` in the file.")]
    if address.host:
        return [network.connects("card reader", address.host, address.port, "Start the simulated cards.")]
    return [*card_usb.look(usb), *_pcsc(address.path, daemon)]


def links(public_url: str | None, link_base: str | None) -> Finding:
    """Finding for the links that this store writes to cards."""
    base = link_base or (f"{public_url.rstrip('/')}/m" if public_url else "")
    if not base:
        return note(
            "cards' links", "no address: a phone that reads a card finds no page",
            "Set listen.public_url (the link is then that address + /m), or cards.link_base, before cards are made.",
        )  # fmt: skip
    if not base.startswith("https://"):
        return note(
            "cards' links",
            base,
            "Phones warn about http://; put a reverse proxy with a certificate in front of the store.",
        )
    return good("cards' links", base)


def _pcsc(part: str, daemon: Path) -> list[Finding]:
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(3)
        try:
            link.connect(str(daemon))
        except OSError as error:
            advice = "Start it: systemctl enable --now pcscd.socket (package pcscd)."
            return [bad("pcscd", f"{daemon}: {error.strerror or error}", advice)]
    try:
        asked = child.run_python(_ASK, timeout_s=10)
    except subprocess.TimeoutExpired:
        return [bad("pcscd", "does not answer", "Restart it: systemctl restart pcscd.")]
    if asked.returncode != 0:
        reason = (asked.stderr.strip().splitlines() or ["no message"])[-1]
        return [bad("pcscd", reason, _refusal_advice(reason))]
    return [good("pcscd", "runs"), reader_among(json.loads(asked.stdout), part)]


def _refusal_advice(reason: str) -> str:
    """Advice for a refusal by pcscd; it asks polkit about each user who is not logged in at the screen."""
    if "ecurity violation" in reason or "ccess denied" in reason:
        return (
            "polkit refuses this user: copy packaging/polkit/60-cheval.rules to /etc/polkit-1/rules.d (it names the"
            " users cheval-mirror, cheval-stand and cheval-store), then restart polkit and pcscd."
        )
    return "Restart it: systemctl restart pcscd; see `journalctl -u pcscd`."


def reader_among(readers: list[str], part: str) -> Finding:
    """The reader that `pcsc://part` selects."""
    taken = [name for name in readers if part.lower() in name.lower()]
    if taken:
        return good("card reader", taken[0])
    if readers:
        return bad(
            "card reader",
            f"no reader's name contains `{part}`; connected: {', '.join(readers)}",
            "Correct `cards` in the file.",
        )
    return bad(
        "card reader",
        "none is connected",
        "Connect it; if it is connected, its driver is missing: apt-get install libccid.",
    )
