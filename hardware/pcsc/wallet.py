"""The place where a retailer's own reading of wallet passes is put in.

Apple's VAS and Google's Smart Tap each need an agreement, a merchant's id and keys of the retailer's own, so neither is
here. What is here is the hook: a dialogue without transport, asked before anything else, since a phone that pays
answers the question about payment too. The house guards it: it may select the two wallets' applications and speak to
them, and nothing of a payment application, whatever it tries.

    def my_passes() -> Generator[bytes, bytes, str | None]:
        answer = yield select_application(APPLE_VAS)
        ...
        return "https://house.example/m?pass=..."    # or None: no pass of ours on this phone

    open_card_reader("pcsc://", "mirror 3", passes=my_passes)

What it returns goes the way of every link: to the store, which weighs it. A pass that only names its holder is a static
link (tier 1, as a bar code); one that carries a signed link with a rising counter proves itself (tier 2).

A wallet is told by its application's name: Apple, "VAS protocol" (Wallet developer guide), OSE.VAS.01; Google, "Smart
Tap 2.1" (data format reference), A000000476D0000111.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Final, Protocol

from hardware.pcsc.apdu import select_application
from hardware.pcsc.errors import CardProtocolError, CommandNotAllowedError

APPLE_VAS: Final = b"OSE.VAS.01"
GOOGLE_SMART_TAP: Final = bytes.fromhex("A000000476D0000111")
MAX_COMMANDS: Final = 16
MAX_LINK_LENGTH: Final = 2048
_WALLETS: Final = (select_application(APPLE_VAS), select_application(GOOGLE_SMART_TAP))
# SELECT, READ RECORD, GET PROCESSING OPTIONS, READ BINARY, GENERATE AC: what leads into a payment application.
_NEVER: Final = frozenset({0xA4, 0xB2, 0xB3, 0xA8, 0xB0, 0xB1, 0xAE})

PassDialogue = Generator[bytes, bytes, str | None]


class PassReader(Protocol):
    """Begins one reading of passes: yields commands, is sent the raw answers, returns the pass's link or None.

    May raise `CardError`; a fault of its own is not caught, since it is the retailer's code in our loop."""

    def __call__(self) -> PassDialogue: ...


def read_pass(reading: PassReader) -> PassDialogue:
    """The reading, guarded: raises `CommandNotAllowedError` before a command that is not for a wallet is sent."""
    talk = reading()
    try:
        command = next(talk)
        for sent in range(MAX_COMMANDS):
            _must_be_for_a_wallet(command, first=sent == 0)
            command = talk.send((yield command))
    except StopIteration as end:
        return _link(end.value)
    finally:
        talk.close()
    raise CardProtocolError("a pass takes too many commands")


def _must_be_for_a_wallet(command: bytes, *, first: bool) -> None:
    if command in _WALLETS:
        return
    if first or len(command) < 4 or command[1] in _NEVER:
        raise CommandNotAllowedError("a reading of passes speaks to wallets only")


def _link(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > MAX_LINK_LENGTH or not value.isprintable():
        raise CardProtocolError("a pass carries no link")
    return value
