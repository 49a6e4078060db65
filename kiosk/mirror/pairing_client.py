"""The mirror's side of pairing: proves a code to the store, checks the store's proof, and gets a token of its own."""

from __future__ import annotations

import hmac
import json
import secrets
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request

from kiosk.core.visit.pairing import PairingProblem
from kiosk.pairing.cpace import ShareError
from kiosk.pairing.credentials import Credentials
from kiosk.pairing.exchange import SESSION_BYTES, mirrors_side, proofs, typed
from kiosk.pairing.store_tls import (
    NOT_REACHED,
    PIN_PARAMETER,
    pem_to_der,
    short_pin,
    store_context,
    untrusted_reason,
    unverified_context,
)
from kiosk.pairing.timed_calls import TimedCall

CALL_S: Final = 15.0
"""The longest time of each of the two calls, however slowly the peer answers."""
_MAX_BYTES: Final = 1 << 16
_MAX_DETAIL: Final = 200


class PairingError(Exception):
    """The mirror was not paired; the text says why and what to do, `problem` why in one word."""

    def __init__(self, text: str, problem: PairingProblem = PairingProblem.REFUSED) -> None:
        self.problem = problem
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code, and from a QR code also the pin of the shop's root; `pin` is empty where the code was typed."""

    code: str
    pin: str = ""


def parse_invitation(text: str) -> Invitation:
    """A typed code, or the text of the QR code beside it. Raises ValueError."""
    if "://" not in text:
        return Invitation(typed(text))
    fields = parse_qs(urlsplit(text.strip()).fragment)
    pin = fields.get(PIN_PARAMETER, [""])[0]
    return Invitation(typed(fields.get("code", [""])[0]), pin)


def pair(store: str, room: str, invitation: Invitation, call_s: float = CALL_S) -> Credentials:
    """Pairs the mirror of this room with the store at an address. `call_s`: for each call. Raises PairingError."""
    store = store.rstrip("/")
    session = secrets.token_bytes(SESSION_BYTES)
    exchange = mirrors_side(invitation.code, room, session)
    # this step carries nothing secret, so nothing confirms the peer
    begun = _ask(
        TimedCall(call_s, unverified_context()), f"{store}/api/v1/pairing/begin",
        {"room": room, "session": session.hex(), "share": exchange.share.hex()},
    )  # fmt: skip
    try:
        share, root, proof = bytes.fromhex(begun["share"]), str(begun["root"]), bytes.fromhex(begun["proof"])
        both = proofs(exchange.key(share, root.encode()))
    except (KeyError, TypeError, ValueError, ShareError):
        raise PairingError("what answers there is not a store of this version") from None
    if not hmac.compare_digest(both.of_store, proof):
        raise PairingError(
            "the code is wrong, or somebody is between this mirror and the store. Show a new code and try once more; "
            "if that fails too, do not pair over this network",
            PairingProblem.WRONG_CODE,
        )
    if invitation.pin and not _is_pinned(root, invitation.pin):
        raise PairingError(
            "the root of this store is another one than in the QR code; nothing was sent to it"
        )
    body = {"room": room, "session": session.hex(), "proof": both.of_mirror.hex()}
    answer = _ask(TimedCall(call_s, _context_of(root)), f"{store}/api/v1/pairing/finish", body)
    return Credentials(str(answer.get("token", "")), root, room)


def _is_pinned(root: str, pin: str) -> bool:
    try:
        return bool(root) and hmac.compare_digest(short_pin(pem_to_der(root)).encode(), pin.encode())
    except ValueError:
        return False


def _context_of(root: str) -> ssl.SSLContext | None:
    try:
        return store_context(root) if root else None
    except ValueError:
        raise PairingError("what answers there is not a store of this version") from None


def _ask(call: TimedCall, url: str, body: dict[str, str]) -> dict[str, Any]:
    try:
        return _answer(call, url, body)
    except PairingError:
        if call.over:
            # what was cut off looks like any other failure
            raise PairingError(
                f"{url}: it did not answer in time; is the store running?", PairingProblem.UNREACHED
            ) from None
        raise


def _answer(call: TimedCall, url: str, body: dict[str, str]) -> dict[str, Any]:
    asked = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310 from the file
    try:
        with call as opener, opener.open(asked, timeout=call.seconds) as answer:
            status, said = answer.status, answer.read(_MAX_BYTES)
        if status != HTTPStatus.OK:
            raise _refusal(status, said)
        found = json.loads(said)
    except RecursionError:
        raise PairingError("what answers there is not a store of this version") from None
    except NOT_REACHED as error:
        if why := untrusted_reason(error):
            raise PairingError(f"{url}: {why}", PairingProblem.WRONG_CODE) from None
        reason = f"{url}: {getattr(error, 'reason', error)}; is the store running?"
        raise PairingError(reason, PairingProblem.UNREACHED) from None
    if not isinstance(found, dict):
        raise PairingError("what answers there is not a store of this version")
    return found


def _refusal(status: int, body: bytes) -> PairingError:
    try:
        # whoever answers was not confirmed yet: what it says may not control the terminal on which it is shown
        detail = "".join(c if c.isprintable() else "?" for c in str(json.loads(body)["detail"])[:_MAX_DETAIL])
    except (ValueError, KeyError, TypeError, RecursionError):
        detail = f"it answers {status}"
    if status == HTTPStatus.NOT_FOUND:
        advice = f"{detail}: `cheval pair ROOM` on the store's computer, or the associates' page"
        return PairingError(advice, PairingProblem.NO_CODE)
    return PairingError(f"the store refuses: {detail}")
