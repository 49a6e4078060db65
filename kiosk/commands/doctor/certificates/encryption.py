"""Checks the encryption of a store: its certificates with their dates and names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kiosk.commands.doctor.certificates.own_certificate import of_browsers
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.config.listen import Listen, is_loopback
from kiosk.pairing.store_tls import pin_of_pem
from kiosk.store.tls.server_certificate import read_certificate, server_file
from kiosk.store.tls.shop_root import FOLDER, ROOT_FILE

_ABOUT = "encryption"
_WARN_DAYS = 21


def own_root(listen: Listen, state: Path) -> str:
    """The root of the store of this machine (PEM); empty without TLS, before the first start, or for another user."""
    try:
        return (state / FOLDER / ROOT_FILE).read_text(encoding="ascii") if listen.uses_tls else ""
    except (OSError, UnicodeDecodeError):
        return ""


def of_store(listen: Listen, state: Path, now_us: int) -> Iterator[Finding]:
    """Findings about the certificates of a store."""
    if not listen.uses_tls:
        yield _plain(listen)
        return
    root = own_root(listen, state)
    if not root:
        words = "the certificate is not set up yet; the store makes it at its first start"
        yield note(_ABOUT, words, "If the store runs, run this as its user.")
        return
    served = read_certificate(server_file(state))
    if served is None:
        yield bad(_ABOUT, f"{server_file(state)} cannot be read", "Run this as root or as the store's user.")
        return
    yield good("root", f"SHA-256 {pin_of_pem(root)}")
    names = ", ".join(served.names)
    yield _dated("certificate", served.days_left(now_us), served.ends, names, own=True)
    if listen.certificate is not None:
        own = read_certificate(listen.certificate)
        if own is None:
            yield bad(
                "own certificate", f"{listen.certificate} is no certificate", "Write PEM, with its chain."
            )
        else:
            yield _dated("own certificate", own.days_left(now_us), own.ends, ", ".join(own.names), own=False)
            yield from of_browsers(listen.certificate, own.names, listen.names)


def _plain(listen: Listen) -> Finding:
    if is_loopback(listen.host):
        return good(_ABOUT, "not needed: the store is reached from this computer only")
    return note(
        _ABOUT,
        "none, as the configuration says: everybody on the network can read names, baskets and PINs",
        "Remove listen.plain_http, and pair the mirrors again.",
    )


def _dated(about: str, left: int, ends: datetime, names: str, *, own: bool) -> Finding:
    words = f"until {ends:%Y-%m-%d} ({left} days), for {names or 'no name'}"
    if left < 0:
        advice = (
            "Is this computer's clock right? Then start the store again." if own else "Renew the certificate."
        )
        return bad(about, f"ended: {words}", advice)
    if left < _WARN_DAYS:
        advice = "The store renews it earlier: look into its log." if own else "Renew it in time."
        return note(about, words, advice)
    return good(about, words)
