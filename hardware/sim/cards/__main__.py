"""Command `python -m hardware.sim.cards`: simulated card readers (pads) as a process of their own.

Prints one JSON line with host, port and card names when ready. Ends on SIGTERM or SIGINT, or when its parent ends.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Final

from hardware.sim.cards.card_file import CardDescriptionError, make_cards
from hardware.sim.cards.pad import SimCardPad

_PARENT_CHECK_S: Final = 1.0


def main(arguments: list[str] | None = None) -> int:
    """Serves until a signal. Exit code 2: the cards file or the address cannot be used."""
    parent = os.getppid()
    asked = _options().parse_args(arguments)
    try:
        cards = make_cards(json.loads(asked.cards.read_text("utf-8")) if asked.cards else [])
        pads = SimCardPad(cards, asked.host, asked.port)
    except (CardDescriptionError, OSError, ValueError) as error:
        sys.stderr.write(f"cards: {error}\n")
        return 2
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.set())
    pads.start()
    ready = {"ready": True, "host": pads.host, "port": pads.port, "cards": [card.name for card in cards]}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    while not ended.wait(_PARENT_CHECK_S) and os.getppid() == parent:
        pass
    pads.close()
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        prog="python -m hardware.sim.cards", description="Simulated card readers over TCP."
    )
    options.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this computer only)"
    )
    options.add_argument(
        "--port", type=int, default=0, help="port to listen on (default: a free one, printed)"
    )
    options.add_argument("--cards", type=Path, help="JSON file with the cards that can be placed by name")
    return options


if __name__ == "__main__":
    sys.exit(main())
