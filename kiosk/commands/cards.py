"""`cheval cards`: enrols, blocks, limits and lists members' cards and rings; works while the store runs.

Prints no shopper's name and no card number: a card is named by the first characters of the keyed hash of its number.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from hardware.drivers.card_reader import open_card_reader
from hardware.errors import HardwareError, UriError
from hardware.pcsc.keys import ShopKeys
from hardware.pcsc.personalise import SdmFileLayout
from kiosk import paths
from kiosk.commands.configuration import store_config
from kiosk.config import ConfigError, StoreConfig
from kiosk.store.customers.card_book import CardBook, StoredCard
from kiosk.store.customers.card_enrolment import EnrolmentReader, EnrolmentRequest, NoCardError, enrol
from kiosk.store.customers.card_keys import accessible_to_others, create_keys, read_card_keys
from kiosk.store.db.database import Database
from kiosk.store.errors import NotFoundError, StoreError
from kiosk.store.settings import settings_of
from kiosk.store.staff.tokens import SECRET_FILE, card_mac, store_key

DONE, FAILED, WRONG_USE, NO_CARD = 0, 1, 2, 3
MAX_LIMIT_MINOR = 10**12


class UsageError(Exception):
    """Arguments or configuration are wrong; the text says what to write instead."""


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done, 1 failed, 2 wrong arguments or configuration, 3 no card."""
    work: dict[str, Callable[[argparse.Namespace, StoreConfig], None]] = {
        "enrol": _enrol, "block": _block, "unblock": _block, "limit": _limit, "list": _list,
    }  # fmt: skip
    try:
        work[args.what](args, store_config(args.config)[1])
    except (ConfigError, UriError, UsageError) as error:
        return _failed(error, WRONG_USE)
    except NoCardError as error:
        return _failed(error, NO_CARD)
    except (StoreError, HardwareError, OSError) as error:
        return _failed(error, FAILED)
    except SQLAlchemyError as error:
        return _failed(f"the store's database fails with {type(error).__name__}", FAILED)
    return DONE


def _failed(error: object, code: int) -> int:
    print(f"cheval cards: {error}", file=sys.stderr)
    return code


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def _book(config: StoreConfig) -> Iterator[CardBook]:
    """The cards in the store's database, opened beside a running store."""
    state = paths.state_place("store", config.state)
    if not (state / SECRET_FILE).exists():
        raise NotFoundError(f"no store has run with state directory {state}; start `cheval store` once")
    owner = state.stat().st_uid
    if os.geteuid() != owner:
        # SQLite files created by another user would make the database inaccessible to the store
        raise UsageError(f"run this as the owner of {state}, the store's user (uid {owner})")
    key = store_key(state)
    database = Database(settings_of(config, state).database_url)
    try:
        yield CardBook(database, lambda uid: card_mac(key, uid))
    finally:
        database.close()


def _enrol(args: argparse.Namespace, config: StoreConfig) -> None:
    link_base = _link_base(args.link_base, config)
    with _book(config) as book:
        if not book.has_shopper(args.shopper):
            raise NotFoundError(f"no shopper {args.shopper}")
        reader = open_card_reader(args.reader, "desk")
        keys = _keys(config, new=args.new_key)
        with EnrolmentReader(reader, _say, args.wait) as desk:
            card = enrol(desk, book, keys, EnrolmentRequest(args.shopper, args.kind, link_base))
    print(f"{card.kind} {card.short} is enrolled for shopper {card.shopper_id}")


def _link_base(given: str | None, config: StoreConfig) -> str:
    public = config.listen.public_url
    base = given or config.cards.link_base or (f"{public.rstrip('/')}/m" if public else "")
    if not base.startswith(("https://", "http://")):
        raise UsageError(
            "no link for the card: give --link-base https://..., or set listen.public_url (the"
            " link is then that address + /m) or cards.link_base"
        )
    try:
        SdmFileLayout.of(base)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return base


def _keys(config: StoreConfig, *, new: bool) -> ShopKeys:
    file = config.cards.keys_file
    if file is None:
        raise UsageError("cards.keys_file is not set: it names the file of the card master keys")
    if not file.exists():
        if not new:
            raise UsageError(f"{file} does not exist; --new-key creates it with a new master key")
        keys = create_keys(file)
        _say(f"created {file}: keep a copy in a safe place; without it no card can be verified or changed")
        return keys
    if accessible_to_others(file):
        _say(f"warning: other users can read {file}; run chmod 600 {file}")
    return read_card_keys(file)


def _block(args: argparse.Namespace, config: StoreConfig) -> None:
    with _book(config) as book:
        short = args.card if args.card is not None else _card_on_reader(args, book)
        card = book.block(short, blocked=args.what == "block")
    print(f"{card.kind} {card.short} is {'blocked' if card.blocked else 'not blocked'}")


def _limit(args: argparse.Namespace, config: StoreConfig) -> None:
    minor = (
        None
        if args.amount == "shop"
        else int(args.amount)
        if args.amount.isascii() and args.amount.isdigit()
        else -1
    )
    if minor is not None and not 0 <= minor <= MAX_LIMIT_MINOR:
        raise UsageError(f"`{args.amount}` is not an amount: write minor units (cents), or `shop`")
    with _book(config) as book:
        card = book.set_limit(args.card, minor)
    limit = "shop default" if card.limit_minor is None else f"{card.limit_minor} {config.shop.currency} minor"
    print(f"{card.kind} {card.short} has the daily limit {limit}")


def _card_on_reader(args: argparse.Namespace, book: CardBook) -> str:
    with EnrolmentReader(open_card_reader(args.reader, "desk"), _say, args.wait) as desk:
        card = book.card(desk.wait_for_card().uid)
    if card is None:
        raise NotFoundError("the store does not know this card")
    return card.uid_mac


def _list(args: argparse.Namespace, config: StoreConfig) -> None:
    with _book(config) as book:
        cards = book.cards()
    if args.json:
        print(json.dumps([_json_of(card) for card in cards], indent=1))
        return
    lines = [("card", "kind", "shopper", "counter", "source", "")]
    lines += [
        (
            c.short,
            c.kind,
            c.shopper_id or "nobody",
            _counter_text(c),
            c.source.value,
            "blocked" if c.blocked else "",
        )
        for c in cards
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    for line in lines:
        print("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())


def _counter_text(card: StoredCard) -> str:
    return str(card.counter) if card.counter >= 0 else "-"


def _json_of(card: StoredCard) -> dict[str, object]:
    return {
        "card": card.short,
        "kind": card.kind,
        "shopper_id": card.shopper_id,
        "counter": card.counter if card.counter >= 0 else None,
        "blocked": card.blocked,
        "day_limit_minor": card.limit_minor,
        "source": card.source.value,
    }
