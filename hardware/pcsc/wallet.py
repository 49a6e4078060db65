"""Extension point for a retailer's own reader of wallet passes (Apple VAS, Google Smart Tap).

Both need an agreement, a merchant id and keys of the retailer, so neither is implemented here. The retailer provides a
dialogue without transport. It runs before the PPSE selection, because a phone with a payment card answers that too.
Each command is checked: the dialogue may select the two wallet applications and exchange commands with them, but it
cannot reach a payment application.

    def my_passes() -> Generator[bytes, bytes, str | None]:
        response = yield select_application(APPLE_VAS)
        ...
        return "https://house.example/m?pass=..."    # or None: no pass of the retailer on this phone

    open_card_reader("pcsc://", "mirror 3", passes=my_passes)

The returned link is handled like a link on a card: the store assesses it (`hardware.pcsc.tap_assessment`). A pass that
only names its holder is a static link; a pass with a signed link and a rising counter proves itself.

Application names: OSE.VAS.01 (Apple, "VAS protocol", Wallet developer guide); A000000476D0000111 (Google, "Smart Tap
2.1", data format reference).
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
# SELECT, READ RECORD, GET PROCESSING OPTIONS, READ BINARY, GENERATE AC: the commands of payment applications
_FORBIDDEN_INS: Final = frozenset({0xA4, 0xB2, 0xB3, 0xA8, 0xB0, 0xB1, 0xAE})

PassDialogue = Generator[bytes, bytes, str | None]


class PassReader(Protocol):
    """Makes the dialogue for one phone: yields commands, receives responses, returns the link of the pass or None.

    The dialogue may raise `CardError`; other exceptions are not caught.
    """

    def __call__(self) -> PassDialogue: ...


def read_pass(pass_reader: PassReader) -> PassDialogue:
    """The dialogue of `pass_reader` with each command checked before it is sent.

    Raises CommandNotAllowedError for a command that is not for a wallet, CardProtocolError for too many commands.
    """
    dialogue = pass_reader()
    try:
        command = next(dialogue)
        for sent in range(MAX_COMMANDS):
            _require_wallet_command(command, first=sent == 0)
            command = dialogue.send((yield command))
    except StopIteration as end:
        return _link(end.value)
    finally:
        dialogue.close()
    raise CardProtocolError("a pass takes too many commands")


def _require_wallet_command(command: bytes, *, first: bool) -> None:
    if command in _WALLETS:
        return
    if first or len(command) < 4 or command[1] in _FORBIDDEN_INS:
        raise CommandNotAllowedError("a pass reader may only send commands to wallets")


def _link(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > MAX_LINK_LENGTH or not value.isprintable():
        raise CardProtocolError("a pass has no valid link")
    return value
