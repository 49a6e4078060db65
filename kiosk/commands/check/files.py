"""Checks the files and folders that the store's configuration names; each is opened as the store opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hardware.regular_files import MAX_KEY_BYTES, check_regular, read_regular
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.config.mistakes import Place
from kiosk.connectors.feeds import FEED_KINDS, FEED_SUFFIXES, open_folder
from kiosk.store.customers.card_keys import CardKeysError, read_card_keys
from recommender.artefacts.versions import resolve_model
from recommender.errors import RecommenderError
from recommender.inputs.stylist_looks import read_stylist_looks
from recommender.looks.serving import artefact
from recommender.sizes.serving.advisor import SizeAdvisor

Found = tuple[Place, str, Severity]


def file_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Mistakes and notes about every file and folder, in no order."""
    for place, what, severity in (*_catalogue(config), *_models(config), *_secrets(config)):
        yield read.mistake(place, what, severity)


def reason(error: OSError) -> str:
    """Why a file cannot be opened, in a few words."""
    return (error.strerror or type(error).__name__).lower()


def folder_mistake(folder: Path) -> str:
    """Why a folder cannot be read; empty if it can."""
    try:
        if folder.is_file():
            return f"{folder}: is a file; write its folder, {folder.parent}"
        next(folder.iterdir(), None)
    except OSError as error:
        return f"{folder}: {reason(error)}"
    return ""


def _catalogue(config: StoreConfig) -> Iterator[Found]:
    feed, pictures = config.catalogue.feed, config.catalogue.pictures
    if feed is not None:
        place: Place = ("catalogue", "feed")
        if what := folder_mistake(feed):
            yield place, f"{what}; the catalogue is not updated until it is there", Severity.WITHOUT
        else:
            yield from ((place, what, Severity.NOTE) for what in _feed_notes(feed))
            yield from ((place, what, Severity.WITHOUT) for what in _feed_mistakes(feed))
    if pictures is not None and (what := folder_mistake(pictures)):
        yield ("catalogue", "pictures"), f"{what}; garments are shown without pictures", Severity.WITHOUT


def _feed_mistakes(feed: Path) -> Iterator[str]:
    """Files of the feed that cannot be opened."""
    opened = open_folder(feed)
    for file in (feed / stamp.name for kind in FEED_KINDS for stamp in opened.stamps(kind)):
        what = "is a folder, not a file" if file.is_dir() else _failure(file, _readable)
        if what:
            yield f"{feed}: {file.name} {what.removeprefix(f'{file}: ')}; it is not imported"


def _feed_notes(feed: Path) -> Iterator[str]:
    opened = open_folder(feed)
    if not any(opened.stamps(kind) for kind in FEED_KINDS):
        yield f"{feed}: none of {', '.join(FEED_KINDS)} is there yet ({', '.join(FEED_SUFFIXES)})"
    yield from (f"{feed}: {note}" for note in opened.notes)


def _models(config: StoreConfig) -> Iterator[Found]:
    named = config.recommender
    key: bytes | None = None
    if named.key_file is not None:
        place: Place = ("recommender", "key_file")
        try:
            key = read_regular(named.key_file, MAX_KEY_BYTES)
        except OSError as error:
            yield place, f"{named.key_file}: {reason(error)}; models cannot be verified", Severity.REFUSED
            return
    if named.model is not None:
        yield from _looks_model(named.model, key)
    readers: tuple[tuple[str, Path | None, Callable[[Path], object], str], ...] = (
        ("fit_model", named.fit_model, SizeAdvisor.open, "sizes are advised without a model"),
        ("stylist", named.stylist, read_stylist_looks, "these looks are not suggested"),
        ("history", named.history, _readable, "`cheval train` fails"),
    )
    for name, file, read, consequence in readers:
        if file is not None and (what := _failure(file, _readable) or _failure(file, read)):
            yield ("recommender", name), f"{what}; {consequence} until it is corrected", Severity.WITHOUT


def _looks_model(folder: Path, key: bytes | None) -> Iterator[Found]:
    place: Place = ("recommender", "model")
    try:
        empty = next(folder.iterdir(), None) is None
    except FileNotFoundError:
        empty = True
    except OSError:
        empty = False
    if empty:
        what = f"{folder}: no model yet; best-selling items are suggested until `cheval train` has made one"
        yield place, what, Severity.NOTE
        return
    what = _failure(folder, lambda root: artefact.read(resolve_model(root), key=key))
    if not what:
        return
    advice = "an older model or best-selling items are suggested until `cheval train` has made a new one"
    yield place, f"{what}; {advice}", Severity.WITHOUT


def _secrets(config: StoreConfig) -> Iterator[Found]:
    keys = config.cards.keys_file
    if keys is None:
        return
    place: Place = ("cards", "keys_file")
    if what := _failure(keys, _readable):
        yield (
            place,
            f"{what}; cards cannot be authenticated; `cheval cards enrol --new-key` makes it",
            Severity.WITHOUT,
        )
        return
    try:
        read_card_keys(keys)
        if keys.stat().st_mode & 0o077:
            yield place, f"{keys} can be read by others; run chmod 600 {keys}", Severity.NOTE
    except CardKeysError as error:
        advice = (
            "`cheval cards enrol --new-key` makes it" if not keys.exists() else "restore it from a backup"
        )
        yield place, f"{keys}: {error}; cards cannot be authenticated ({advice})", Severity.WITHOUT


def _readable(file: Path) -> None:
    if file.is_dir():
        next(file.iterdir(), None)
        return
    check_regular(file)


def _failure(file: Path, read: Callable[[Path], object]) -> str:
    """Why a file cannot be used, on one line; empty if it can."""
    try:
        read(file)
    except OSError as error:
        return f"{file}: {reason(error)}"
    except RecommenderError as error:
        text = " ".join(str(error).split())
        return text if str(file) in text else f"{file}: {text}"
    return ""
