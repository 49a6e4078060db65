"""`suggest`: a model and rooms in, garments with scores and reasons out; one JSON line per query, or words."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recommender.looks import Looks, Shopper, Suggestion


def add(commands: Any) -> None:
    """Adds `suggest`."""
    it = commands.add_parser("suggest", help="ask a model what goes with a room")
    it.add_argument("--model", type=Path, required=True, metavar="MODEL")
    asked = it.add_mutually_exclusive_group(required=True)
    asked.add_argument("--batch", metavar="QUERIES", help="JSON lines of queries, or - for standard input")
    asked.add_argument("--room", metavar="A,B", help="item ids that hang in the room (may be empty)")
    it.add_argument("--k", type=int, default=None, help="how many (6 for --room, 50 for --batch)")
    it.add_argument("--key-file", type=Path, default=None, help="take only a model sealed with this key")
    it.add_argument("--slot", type=int, default=10, help="one place in so many for a new arrival; 0: none")
    it.add_argument(
        "--history", type=Path, default=None, help="EVENTS of shoppers who consented, for this run only"
    )
    it.add_argument("--json", action="store_true", help="with --room: one JSON line instead of words")
    it.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Answers; 1 where a line of the batch was no query (its answer says why), else 0."""
    # one thread: on a shared processor a second one costs more in the worst case than it gains in the best
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from recommender.looks import Looks

    looks = Looks.open(chosen.model, key=chosen.key_file.read_bytes() if chosen.key_file else None)
    if chosen.room is not None:
        return _room(looks, chosen)
    if chosen.batch == "-":
        return _batch(looks, sys.stdin, chosen)
    try:
        with Path(chosen.batch).open(encoding="utf-8") as lines:
            return _batch(looks, lines, chosen)
    except OSError as absent:
        sys.stderr.write(f"recommender: {chosen.batch} cannot be read ({absent.strerror})\n")
        return 2


def _room(looks: "Looks", chosen: argparse.Namespace) -> int:
    from recommender.reasons import words

    room = [item.strip() for item in chosen.room.split(",") if item.strip()]
    unknown = [item for item in room if not looks.knows(item)]
    if unknown:
        sys.stderr.write(f"note: not in the catalogue: {', '.join(unknown)}\n")
    found = looks.suggest(room, chosen.k or 6)
    if chosen.json:
        sys.stdout.write(json.dumps({"room": room, "items": _told(looks, found)}, ensure_ascii=False) + "\n")
        return 0
    for one in found:
        sys.stdout.write(f"{one.item_id}  {words(one.reason)}\n")
    return 0


def _batch(looks: "Looks", lines: Iterable[str], chosen: argparse.Namespace) -> int:
    mistakes = 0
    pasts = _pasts(looks, chosen.history) if chosen.history else {}
    for answer in _answers(looks, lines, chosen.k or 50, chosen.slot, pasts):
        mistakes += "error" in answer
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if mistakes else 0


def _answers(
    looks: "Looks", lines: Iterable[str], k: int, slot: int, pasts: "Mapping[str, Shopper]"
) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.strip():
            try:
                query = json.loads(line)
                wrong = _mistake(query)
            except (ValueError, RecursionError):
                query, wrong = {}, "this line is no JSON"
            known = query.get("id") if isinstance(query, dict) else None
            if wrong:
                yield {"id": known, "items": [], "error": wrong}
            else:
                yield {"id": known, "items": _told(looks, _asked(looks, query, k, slot, pasts))}


def _pasts(looks: "Looks", history: Path) -> "dict[str, Shopper]":
    """What each shopper chose before, oldest first; kept for this run and nowhere else."""
    from recommender.history import read_events
    from recommender.kinds import EventKind
    from recommender.looks import Shopper
    from recommender.update import items_of

    events = read_events(history, items_of(looks.model)).of(EventKind.PURCHASE, EventKind.TRYON_KEPT)
    chosen: dict[str, dict[str, None]] = {}
    for shopper, item in zip(events.shopper.tolist(), events.item.tolist(), strict=True):
        if shopper >= 0:
            chosen.setdefault(events.shoppers[shopper], {})[looks.model.shelf.ids[item]] = None
    return {shopper: Shopper(past=tuple(items)) for shopper, items in chosen.items()}


def _mistake(query: Any) -> str | None:
    if not isinstance(query, dict):
        return "a query is a JSON object"
    for name in ("room", "in_stock"):
        value = query.get(name)
        if name == "room" and value is None:
            return "the query has no room"
        if value is not None and not (isinstance(value, list) and all(_is_id(item) for item in value)):
            return f"{name} must be a list of item ids"
    return None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _asked(
    looks: "Looks", query: dict[str, Any], k: int, slot: int, pasts: "Mapping[str, Shopper]"
) -> "tuple[Suggestion, ...]":
    stock = query.get("in_stock")
    return looks.rank(
        [str(item) for item in query["room"]],
        k,
        in_stock=None if stock is None else {str(item) for item in stock},
        shopper=pasts.get(str(query.get("shopper"))),
        colours=bool(query.get("exclude_styles_in_room", True)),
        slot=slot,
    )


def _told(looks: "Looks", found: "Iterable[Suggestion]") -> list[dict[str, Any]]:
    from recommender.reasons import words

    numeric = looks.model.shelf.numeric_ids
    return [
        {
            "item_id": int(one.item_id) if numeric else one.item_id,
            "score": round(one.score, 6),
            "why": words(one.reason),
        }
        for one in found
    ]
