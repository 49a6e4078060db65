"""Runs `cheval terminals`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Sequence

from kiosk import paths
from kiosk.commands.check.file_owner import rights_of, service_user
from kiosk.commands.configuration import store_config
from kiosk.commands.doctor.finding import Finding, State
from kiosk.commands.terminals.looks import look, place_of
from kiosk.commands.terminals.running import CommandError
from kiosk.config import StoreConfig
from kiosk.config.mistakes import nearest
from kiosk.config.store import Terminal
from kiosk.connectors.payments.drivers import ListedTerminal, list_terminals, open_terminal
from kiosk.connectors.payments.port import PaymentError

GOOD, BAD, WRONG_USE = 0, 1, 2
_SIGNS = {State.GOOD: "ok  ", State.NOTE: "note", State.BAD: "BAD "}


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes as its help says."""
    file, config = store_config(args.config)
    user = service_user("store", paths.state_place("store", config.state), file)
    try:
        match args.what:
            case "list" | "pair" as what:
                # root looks at the key files as the store does
                with rights_of(user):
                    return _list(config, as_json=args.json) if what == "list" else _pair(config, args.name)
            case "test":
                from kiosk.commands.terminals.trial import run_trial

                return run_trial(config, _named(config, args.name), args)
            case _:
                from kiosk.commands.terminals.rehearsal import rehearse

                return rehearse(config, args)
    except (CommandError, OSError) as error:
        print(f"cheval terminals: {error}", file=sys.stderr)
        return WRONG_USE


def _list(config: StoreConfig, *, as_json: bool) -> int:
    terminals = config.payments.terminals
    if not terminals and not as_json:
        print("no terminal is configured; see payments.terminals in `cheval schema store`")
    devices: dict[str, str] = {}
    tried = {terminal.name: tuple(look(terminal, devices)) for terminal in terminals}
    # what is wrong with a terminal has been said by then
    silent = {t.name for t in terminals if _names_one(t) and any(f.state is State.BAD for f in tried[t.name])}
    listed = tuple(_listings(terminals, silent))
    if as_json:
        print(json.dumps(_as_json(tried, listed), ensure_ascii=False))
    else:
        for found in tried.values():
            _show(found)
        if listed:
            print("known to the provider:")
        for one in listed:
            state = "" if one.online is None else ", online" if one.online else ", offline"
            print(f"     {one.address}  {one.label} {one.model} {one.serial}{state}".rstrip())
    return BAD if any(f.state is State.BAD for found in tried.values() for f in found) else GOOD


def _names_one(terminal: Terminal) -> bool:
    """Whether the address names a terminal; `stripe://` alone is written to see the list of a key."""
    return bool(terminal.uri.partition("://")[2].partition("?")[0].strip("/"))


def _pair(config: StoreConfig, name: str) -> int:
    terminal = _named(config, name)
    found = tuple(look(terminal))
    _show(found)
    if any(one.state is State.BAD for one in found):
        return BAD
    driver = open_terminal(place_of(terminal))
    try:
        driver.show(f"Cheval: {terminal.name}")
    finally:
        driver.close()
    print(f"its name in the configuration, {terminal.name}, is shown on its display if it has one for that")
    print(f"next: cheval terminals test {terminal.name}")
    return GOOD


def _named(config: StoreConfig, name: str) -> Terminal:
    """The terminal of that name. Raises CommandError."""
    known = {terminal.name: terminal for terminal in config.payments.terminals}
    if name not in known:
        raise CommandError(
            f"no terminal {name!r}{nearest(name, known)}; configured: {', '.join(known) or 'none'}"
        )
    return known[name]


def _listings(terminals: Sequence[Terminal], silent: Collection[str]) -> list[ListedTerminal]:
    """What the providers list for the keys of the configured terminals, each key once. `silent`: names of terminals
    whose list is not said to be missing."""
    found: dict[str, ListedTerminal] = {}
    asked = set()
    for terminal in terminals:
        place = place_of(terminal)
        key = (terminal.uri.split(":", 1)[0], terminal.key_file)
        if key in asked:
            continue
        asked.add(key)
        try:
            found.update((one.address, one) for one in list_terminals(place))
        except PaymentError as error:
            if terminal.name not in silent:
                print(f"the provider's list for {terminal.name}: {error}", file=sys.stderr)
    return list(found.values())


def _show(found: Sequence[Finding]) -> None:
    for one in found:
        print(f"{_SIGNS[one.state]} {one.about}: {one.found}")
        if one.advice:
            print(f"       {one.advice}")


def _as_json(tried: dict[str, tuple[Finding, ...]], listed: Sequence[ListedTerminal]) -> dict[str, object]:
    return {
        "terminals": {
            name: [{"state": f.state.value, "found": f.found, "advice": f.advice} for f in found]
            for name, found in tried.items()
        },
        "listed": [
            {
                "address": one.address,
                "label": one.label,
                "model": one.model,
                "serial": one.serial,
                "online": one.online,
            }
            for one in listed
        ],
    }
