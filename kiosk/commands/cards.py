"""`cheval cards`: makes a shopper's card or ring, blocks a lost one, lists them; also while the store runs.

Never prints a shopper's name or a card's number: cards go by the first characters of the keyed hash of theirs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from hardware.drivers.card_reader import open_card_reader
from hardware.errors import HardwareError, UriError
from hardware.pcsc.keys import ShopKeys
from hardware.pcsc.personalise import SdmFileLayout
from kiosk import paths
from kiosk.config import ConfigError, StoreConfig, load_store
from kiosk.store.customers.card_book import CardBook, StoredCard
from kiosk.store.customers.card_enrolment import EnrolmentReader, EnrolmentRequest, NoCardError, enrol
from kiosk.store.customers.card_keys import accessible_to_others, create_keys, read_card_keys
from kiosk.store.db.database import Database
from kiosk.store.errors import MissingError, StoreError
from kiosk.store.settings import settings_of
from kiosk.store.staff.tokens import SECRET_FILE, card_mac, secret

DONE, FAILED, WRONG, NO_CARD = 0, 1, 2, 3
MOST_MINOR = 10**12


class WrongWordsError(Exception):
    """The command's words or the configuration do not fit; says what to write instead."""


def run(args: argparse.Namespace) -> int:
    """The command; returns its exit code."""
    work: dict[str, Callable[[argparse.Namespace, StoreConfig], None]] = {
        "enrol": _enrol, "block": _block, "unblock": _block, "limit": _limit, "list": _list,
    }  # fmt: skip
    try:
        work[args.what](args, _config(args.config))
    except (ConfigError, UriError, WrongWordsError) as trouble:
        return _said(trouble, WRONG)
    except NoCardError as trouble:
        return _said(trouble, NO_CARD)
    except (StoreError, HardwareError, OSError) as trouble:
        return _said(trouble, FAILED)
    except SQLAlchemyError as trouble:
        return _said(f"the store's database says {type(trouble).__name__}", FAILED)
    return DONE


def _said(trouble: object, code: int) -> int:
    print(f"cheval cards: {trouble}", file=sys.stderr)
    return code


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _config(file: Path | None) -> StoreConfig:
    found = file or paths.config_file("store")
    if found is None:
        raise WrongWordsError("no store.yaml found; give one with --config, see `cheval schema store`")
    return load_store(found)


@contextmanager
def _book(config: StoreConfig) -> Iterator[CardBook]:
    """The cards of the store's database, opened beside the store."""
    state = paths.state_place("store", config.state)
    if not (state / SECRET_FILE).exists():
        raise MissingError(f"no store has run on {state} yet; start `cheval store` once")
    owner = state.stat().st_uid
    if os.geteuid() != owner:
        # Files that another user leaves beside an SQLite database would shut the store out of it.
        raise WrongWordsError(f"run this as the store's user (uid {owner}), to whom {state} belongs")
    key = secret(state)
    database = Database(settings_of(config, state).database_url)
    try:
        yield CardBook(database, lambda uid: card_mac(key, uid))
    finally:
        database.close()


def _enrol(args: argparse.Namespace, config: StoreConfig) -> None:
    link_base = _link_base(args.link_base, config)
    with _book(config) as book:
        if not book.has_shopper(args.shopper):
            raise MissingError(f"there is no shopper {args.shopper}")
        reader = open_card_reader(args.reader, "desk")
        keys = _keys(config, new=args.new_key)
        with EnrolmentReader(reader, _say, args.wait) as desk:
            card = enrol(desk, book, keys, EnrolmentRequest(args.shopper, args.kind, link_base))
    print(f"{card.kind} {card.short} is enrolled for shopper {card.shopper_id}")


def _link_base(given: str | None, config: StoreConfig) -> str:
    public = config.listen.public_url
    base = given or config.cards.link_base or (f"{public.rstrip('/')}/m" if public else "")
    if not base.startswith(("https://", "http://")):
        raise WrongWordsError(
            "the link that the card shows is missing: give --link-base https://..., or set listen.public_url (the"
            " link is then that address + /m) or cards.link_base"
        )
    try:
        SdmFileLayout.of(base)
    except ValueError as error:
        raise WrongWordsError(str(error)) from None
    return base


def _keys(config: StoreConfig, *, new: bool) -> ShopKeys:
    file = config.cards.keys_file
    if file is None:
        raise WrongWordsError("cards.keys_file is not set: write where the house's card keys are to lie")
    if not file.exists():
        if not new:
            raise WrongWordsError(f"{file} is not there; --new-key makes a fresh master key")
        keys = create_keys(file)
        _say(
            f"made {file}: keep a copy in a safe place, without it no card of the house can be checked or changed"
        )
        return keys
    if accessible_to_others(file):
        _say(f"warning: others may read {file}; `chmod 600` it")
    return read_card_keys(file)


def _block(args: argparse.Namespace, config: StoreConfig) -> None:
    with _book(config) as book:
        short = args.card if args.card is not None else _laid(args, book)
        card = book.block(short, blocked=args.what == "block")
    print(f"{card.kind} {card.short} is {'blocked' if card.blocked else 'good again'}")


def _limit(args: argparse.Namespace, config: StoreConfig) -> None:
    minor = (
        None
        if args.amount == "shop"
        else int(args.amount)
        if args.amount.isascii() and args.amount.isdigit()
        else -1
    )
    if minor is not None and not 0 <= minor <= MOST_MINOR:
        raise WrongWordsError(f"`{args.amount}` is no amount: write minor units (cents), or `shop`")
    with _book(config) as book:
        card = book.limit(args.card, minor)
    most = (
        "what the shop allows"
        if card.limit_minor is None
        else f"{card.limit_minor} {config.shop.currency} minor"
    )
    print(f"{card.kind} {card.short} pays at most {most} a day")


def _laid(args: argparse.Namespace, book: CardBook) -> str:
    with EnrolmentReader(open_card_reader(args.reader, "desk"), _say, args.wait) as desk:
        card = book.card(desk.card().uid)
    if card is None:
        raise MissingError("the store does not know this card")
    return card.uid_mac


def _list(args: argparse.Namespace, config: StoreConfig) -> None:
    with _book(config) as book:
        cards = book.cards()
    if args.json:
        print(json.dumps([_told(card) for card in cards], indent=1))
        return
    lines = [("card", "kind", "shopper", "counter", "source", "")]
    lines += [
        (
            c.short,
            c.kind,
            c.shopper_id or "nobody",
            _counted(c),
            c.source.value,
            "blocked" if c.blocked else "",
        )
        for c in cards
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    for line in lines:
        print("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())


def _counted(card: StoredCard) -> str:
    return str(card.counter) if card.counter >= 0 else "-"


def _told(card: StoredCard) -> dict[str, object]:
    return {
        "card": card.short,
        "kind": card.kind,
        "shopper_id": card.shopper_id,
        "counter": card.counter if card.counter >= 0 else None,
        "blocked": card.blocked,
        "day_limit_minor": card.limit_minor,
        "source": card.source.value,
    }
