"""`cheval terminals test`: a purchase of the smallest amount through the running store, given back at once."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from typing import Any

from kiosk import paths
from kiosk.commands.terminals.running import CommandError, RunningTerminals
from kiosk.config import StoreConfig
from kiosk.config.store import Terminal
from kiosk.core.domain.money import Money

POLL_S = 0.3
COLLECTED, NOT_COLLECTED = 0, 1
_WORDS = {
    "keyed": "the charge goes to the terminal",
    "sent": "the terminal waits for a card: hold one to it",
    "unsure": "its reply was lost; it is asked what became of it",
    "unwanted": "collected; it is given back",
    "parked": "the terminal does not say what became of it: it is a task on the associates' page",
}
_OF_ASSOCIATES = {
    "keyed": "the charge goes to the associates' page",
    "sent": "it waits on the associates' page, Desk: take it there and enter the number of the slip",
}
_ADVICE = {
    "busy": "the terminal serves a shopper; try again in a moment",
    "declined": "the card was declined; try another one",
    "timeout": "no card was held to it in time",
    "offline": "Stripe has no connection with the reader: wake it or switch it on, look at its network",
    "hardware-fault": "the reader reports a fault: restart it, then exchange it",
    "invalid-location-for-payment": "give the reader a location in Stripe's dashboard",
    "key-not-accepted": "the key is wrong, revoked, or lacks a right; `cheval terminals pair NAME` says more",
    "other-mode": "the key is of test mode and the reader of live mode, or the other way round",
    "unauthorised": "the API key is wrong or revoked; `cheval terminals pair NAME` says more",
    "forbidden": "the API key lacks the role of the Cloud device API",
    "no-such-terminal": "merchant account or MODEL-SERIAL is wrong",
    "amount-too-small": "the provider takes no amount as small in this currency",
    "no-terminal": "the running store could not open this terminal; see its log and `cheval terminals list`",
}


def run_trial(config: StoreConfig, terminal: Terminal, args: argparse.Namespace) -> int:
    """Run it. Raises CommandError."""
    store = RunningTerminals(paths.state_place("store", config.state))
    probe = store.probe(terminal.name)
    if _value(probe, "mode") == "live" and not args.live:
        raise CommandError(
            f"{terminal.name} charges real cards; to collect and give back the smallest amount, add --live"
        )
    test = store.begin(terminal.name)
    attended = terminal.uri.startswith("attended:")
    say = _Words(quiet=args.json, words={**_WORDS, **_OF_ASSOCIATES} if attended else _WORDS)
    say.line(f"terminal {terminal.name}: {_amount(test)} will be collected and given back")
    try:
        test = _followed(store, test, say, args.wait)
    except KeyboardInterrupt:
        test = _followed(store, store.stop(str(test["order_id"])), say, 30.0)
    if args.json:
        print(json.dumps(test, ensure_ascii=False))
    return _judged(test, say)


class _Words:
    """Prints each line once in a row, on the error output where the result is JSON."""

    def __init__(self, *, quiet: bool, words: Mapping[str, str]) -> None:
        self._stream, self._last = sys.stderr if quiet else sys.stdout, ""
        self._words = words

    def state(self, state: object) -> None:
        """Says what a state of the purchase means."""
        self.line(self._words.get(str(state), ""))

    def line(self, words: str) -> None:
        if words and words != self._last:
            self._last = words
            print(words, file=self._stream, flush=True)


def _followed(store: RunningTerminals, test: dict[str, Any], say: _Words, wait_s: float) -> dict[str, Any]:
    end = time.monotonic() + wait_s
    while not test["ended"] and time.monotonic() < end:
        say.state(test["state"])
        time.sleep(POLL_S)
        test = store.test(str(test["order_id"]))
    if not test["ended"] and test["state"] in ("keyed", "sent"):
        test = store.stop(str(test["order_id"]))
    return test


def _judged(test: dict[str, Any], say: _Words) -> int:
    if test["reversed"]:
        say.line(f"collected and given back; the acquirer's number is {test['reference']}")
        return COLLECTED
    if not test["ended"]:
        say.line(f"not ended yet ({test['state']}); the store goes on asking, see the associates' page")
        return NOT_COLLECTED
    why = str(test["why"])
    say.line(f"not collected ({why or test['state']}): {_ADVICE.get(why, 'nothing was charged')}")
    return NOT_COLLECTED


def _amount(test: dict[str, Any]) -> str:
    found = test["amount"]
    return Money(int(found["minor"]), str(found["currency"])).formatted("en")


def _value(probe: dict[str, Any], name: str) -> str:
    found = probe.get(name)
    return str(found.get("value", "")) if isinstance(found, dict) else str(found or "")
