"""`suggest`: recommends items with scores and reasons; one JSON line per query, or text for one room."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.commands import option_types, options

if TYPE_CHECKING:
    from recommender.looks.serving.looks import LooksRecommender, ScoredItem, ShopperProfile


def add(commands: Any) -> None:
    """Adds `suggest`."""
    it = commands.add_parser("suggest", help="recommend items for a room, or for a batch of rooms")
    it.add_argument(
        "--model", type=option_types.folder, required=True, metavar="MODEL", help=options.MODEL_HELP
    )
    source = it.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--batch",
        type=option_types.queries,
        metavar="QUERIES",
        help="file of queries as JSON lines, or - for standard input",
    )
    source.add_argument(
        "--room", metavar="A,B", help="item ids in the room, separated by commas (may be empty)"
    )
    it.add_argument(
        "--k",
        type=option_types.rows,
        default=None,
        metavar="N",
        help="items per answer (default: 6 for --room, 50 for --batch)",
    )
    options.key_file(it, "accept only a model sealed")
    it.add_argument(
        "--slot",
        type=option_types.rows_or_none,
        default=10,
        metavar="N",
        help="with --batch: one position in N is for a new arrival, behind 2 N one in 2 N; 0: none (default: 10)",
    )
    it.add_argument(
        "--history",
        type=option_types.table,
        default=None,
        metavar="EVENTS",
        help="with --batch: events of shoppers who consented, used for this run only (default: none)",
    )
    it.add_argument(
        "--json", action="store_true", help="with --room: print the answer as one JSON line (default: text)"
    )
    it.set_defaults(run_command=run)


def run(chosen: argparse.Namespace) -> int:
    """Answers; returns 1 if a line of the batch was not a valid query (its answer states the error), else 0."""
    # one thread: a second one gains little and makes the slowest requests much slower on a shared processor
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.looks.serving.looks import LooksRecommender

    looks = LooksRecommender.open(chosen.model, key=options.read_key(chosen))
    if chosen.room is not None:
        return _room(looks, chosen)
    if chosen.batch == option_types.STANDARD_INPUT:
        return _batch(looks, sys.stdin.buffer, chosen)
    return _batch(looks, chosen.batch.read_bytes().splitlines(), chosen)


def _room(looks: "LooksRecommender", chosen: argparse.Namespace) -> int:
    from recommender.looks.serving.reasons import reason_text

    room = [item.strip() for item in chosen.room.split(",") if item.strip()]
    unknown = [item for item in room if not looks.has_item(item)]
    if unknown:
        sys.stderr.write(f"note: not in the catalogue: {', '.join(unknown)}\n")
    found = looks.suggest(room, chosen.k or 6)
    if chosen.json:
        sys.stdout.write(
            json.dumps({"room": room, "items": _items_json(looks, found)}, ensure_ascii=False) + "\n"
        )
        return 0
    for one in found:
        sys.stdout.write(f"{one.item_id}  {reason_text(one.reason)}\n")
    return 0


def _batch(looks: "LooksRecommender", lines: Iterable[bytes], chosen: argparse.Namespace) -> int:
    errors: list[str] = []
    profiles = _profiles(looks, chosen.history) if chosen.history else {}
    for answer in _answers(looks, lines, chosen.k or 50, chosen.slot, profiles):
        errors += [answer["error"]] if "error" in answer else []
        # ASCII only, so that ids with unpaired surrogates can be printed
        sys.stdout.write(json.dumps(answer) + "\n")
    if errors:
        sys.stderr.write(f"recommender: {len(errors)} lines were not answered; {errors[0]}\n")
    return 1 if errors else 0


def _answers(
    looks: "LooksRecommender",
    lines: Iterable[bytes],
    k: int,
    slot: int,
    profiles: "Mapping[str, ShopperProfile]",
) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            query, error = _query(line)
            known = query.get("id") if isinstance(query, dict) else None
            if error:
                yield {"id": known, "items": [], "error": f"line {number}: {error}"}
            else:
                yield {"id": known, "items": _items_json(looks, _ranked(looks, query, k, slot, profiles))}


def _query(line: bytes) -> tuple[Any, str | None]:
    try:
        query = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None, "this is not JSON"
    return query, _mistake(query)


def _no_number(word: str) -> None:
    raise ValueError(word)


def _profiles(looks: "LooksRecommender", history: Path) -> "dict[str, ShopperProfile]":
    """What each shopper chose before, oldest first; used in this run only."""
    from recommender.inputs.event_kinds import EventKind
    from recommender.inputs.history import read_events
    from recommender.looks.pipeline.incremental import items_of
    from recommender.looks.serving.looks import ShopperProfile

    events = read_events(history, items_of(looks.model)).of(EventKind.PURCHASE, EventKind.TRYON_KEPT)
    chosen: dict[str, dict[str, None]] = {}
    for shopper, item in zip(events.shopper.tolist(), events.item.tolist(), strict=True):
        if shopper >= 0:
            chosen.setdefault(events.shoppers[shopper], {})[looks.model.items.ids[item]] = None
    return {shopper: ShopperProfile(past=tuple(items)) for shopper, items in chosen.items()}


def _mistake(query: Any) -> str | None:
    if not isinstance(query, dict):
        return "a query is a JSON object"
    for name in ("room", "in_stock"):
        value = query.get(name)
        if name == "room" and value is None:
            return "the query has no room"
        if value is not None and not (isinstance(value, list) and all(_is_id(item) for item in value)):
            return f"{name} must be a list of item ids"
    if not isinstance(query.get("exclude_styles_in_room", True), (bool, type(None))):
        return "exclude_styles_in_room must be true or false"
    return None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _ranked(
    looks: "LooksRecommender",
    query: dict[str, Any],
    k: int,
    slot: int,
    profiles: "Mapping[str, ShopperProfile]",
) -> "tuple[ScoredItem, ...]":
    stock = query.get("in_stock")
    return looks.rank(
        [str(item) for item in query["room"]],
        k,
        in_stock=None if stock is None else {str(item) for item in stock},
        shopper=profiles.get(str(query.get("shopper"))),
        colours=query.get("exclude_styles_in_room") is not False,
        slot=slot,
    )


def _items_json(looks: "LooksRecommender", found: "Iterable[ScoredItem]") -> list[dict[str, Any]]:
    from recommender.looks.serving.reasons import reason_text

    numeric = looks.model.items.numeric_ids
    return [
        {
            "item_id": int(one.item_id) if numeric else one.item_id,
            "score": round(one.score, 6),
            "why": reason_text(one.reason),
        }
        for one in found
    ]
