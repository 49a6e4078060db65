"""`cheval staff`: adds and removes people, sets PINs and roles, lists them. PINs are read without echo."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from getpass import getpass
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from kiosk import paths
from kiosk.clock import US
from kiosk.commands.configuration import store_config
from kiosk.commands.ledger_store import said_of
from kiosk.commands.staff.keepers import Keeper, keeper
from kiosk.store.db.holder import StoreHeldError
from kiosk.store.errors import StoreError
from kiosk.store.settings import StoreSettings, settings_of
from kiosk.store.staff.devices import require_owner

DONE, REFUSED, WRONG_USE = 0, 1, 2
Ask = Callable[[str], str]


def run(args: argparse.Namespace, ask: Ask = getpass) -> int:
    """Runs the command. `ask`: reads a PIN without echo."""
    _, config = store_config(args.config)
    state = paths.state_place("store", config.state)
    try:
        paths.state("store", config.state)
        require_owner(state)
        settings = settings_of(config)
        with keeper(settings) as staff:
            return _do(args, staff, settings, ask)
    except (StoreHeldError, ConnectionError) as error:
        print(f"cheval staff: {error}", file=sys.stderr)
        return WRONG_USE
    except StoreError as error:
        print(f"cheval staff: {error}", file=sys.stderr)
        return REFUSED
    except (OSError, SQLAlchemyError) as error:
        print(f"cheval staff: {said_of(error, state)}; run this as the store's user", file=sys.stderr)
        return WRONG_USE


def _do(args: argparse.Namespace, staff: Keeper, settings: StoreSettings, ask: Ask) -> int:
    if args.what == "list":
        return _list(args, staff, settings)
    if args.what == "add":
        pin = _asked(ask) if args.ask_pin else ""
        _show(args.name, staff.add(args.name, args.role, pin, args.id))
        return DONE
    found = _person(staff, args.person)
    if found is None:
        print(f"cheval staff: nobody is named {args.person!r}; see `cheval staff list`", file=sys.stderr)
        return REFUSED
    if args.what == "pin":
        _show(args.person, staff.set_pin(found, _asked(ask) if args.ask_pin else ""))
    elif args.what == "role":
        staff.set_role(found, args.role)
        print(f"{args.person} is {args.role} from now on, and signs in again")
    else:
        staff.remove(found)
        print(f"{args.person} has no access any more; what is open ends within seconds")
    return DONE


def _asked(ask: Ask) -> str:
    pin = ask("PIN: ")
    if not pin or ask("PIN once more: ") != pin:
        raise StoreError("the two PINs differ, or are empty; nothing was changed")
    return pin


def _show(name: str, made: str) -> None:
    print(f"{name} can sign in")
    if made:
        print(f"PIN: {made}   (it is shown this once, and changed at the first sign-in)")


def _person(staff: Keeper, named: str) -> str | None:
    """The id of a person by id or name; a name is unique among those who were added in the shop."""
    rows = staff.members()
    if any(row["id"] == named for row in rows):
        return named
    found = [str(row["id"]) for row in rows if row["name"].casefold() == named.casefold()]
    if len(found) > 1:
        raise StoreError(f"{len(found)} people are named {named!r}; use one of the ids {', '.join(found)}")
    return found[0] if found else None


def _list(args: argparse.Namespace, staff: Keeper, settings: StoreSettings) -> int:
    rows = staff.log() if args.log else staff.members()
    if args.json:
        print(json.dumps(rows))
        return DONE
    zone = ZoneInfo(settings.shop.time_zone)
    for row in rows:
        if args.log:
            at = datetime.fromtimestamp(row["at_us"] / US, zone)
            print(f"{at:%Y-%m-%d %H:%M}  {row['who']:24} {row['what']:8} {row['about']:24} {row['role']}")
        else:
            origin = "feed" if row["by_feed"] else "shop"
            print(f"{row['id']:24} {row['name']:24} {row['role']:13} {origin:5} {_of_pin(row)}")
    if not rows and not args.log:
        print(
            "nobody has access yet; the first manager: cheval staff add NAME --role manager", file=sys.stderr
        )
    return DONE


def _of_pin(row: Mapping[str, object]) -> str:
    if row["blocked"]:
        return "PIN blocked after too many tries; set another one"
    return "" if row["signs_in"] else "no PIN"
