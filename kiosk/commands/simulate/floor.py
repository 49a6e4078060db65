"""`cheval simulate floor`: a Saturday of requests and associates in virtual time, beside first come, first served."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.config import ConfigError, Mistake, load_floor_plan
from kiosk.config.floor_plan import floor_plan_of
from kiosk.core.domain.floor.plan import FloorPlan, row_plan
from kiosk.core.domain.ids import RoomId
from kiosk.demo.floor_day.behaviour import ROOM_STEPS_M, STOCK_M
from kiosk.demo.floor_day.day import Day, DayPlan
from kiosk.demo.floor_day.measures import DayResult
from kiosk.demo.floor_day.store_floor import Rules


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 passed, 1 a violation, 2 the plan cannot be used."""
    try:
        plans = _plans(args.plan, args.rooms)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    results = {
        name: _days(name, DayPlan(plan, args.associates, args.requests, args.seed))
        for name, plan in plans.items()
    }
    judged = next(iter(plans))
    line = {
        "associates": args.associates, "requests": args.requests, "seed": args.seed, "judged": judged,
        "plans": {
            name: {rules.name.lower(): day.as_json() for rules, day in days.items()}
            for name, days in results.items()
        },
    }  # fmt: skip
    text = json.dumps(line)
    print(text, flush=True)
    if args.out is not None:
        args.out.write_text(f"{text}\n", "utf-8")
    return 1 if results[judged][Rules.STORE].violations else 0


def play(plan: DayPlan, rules: Rules) -> DayResult:
    """One day, with a database that is deleted afterwards."""
    with TemporaryDirectory(prefix="cheval-floor-") as folder:
        return Day(plan, rules, Path(folder)).play()


def _plans(file: Path | None, rooms: int) -> Mapping[str, FloorPlan]:
    """The shops by name; the first one is judged. Raises ConfigError."""
    if file is not None:
        plan = floor_plan_of(load_floor_plan(file))
        if not any(zone.rooms for zone in plan.zones):
            raise ConfigError(str(file), [Mistake(("zones",), None, "no zone has a room")])
        return {file.name: plan}
    names = [RoomId(str(n + 1)) for n in range(rooms)]
    return {f"rooms {step:g} m apart": row_plan(names, step, STOCK_M) for step in ROOM_STEPS_M}


def _days(name: str, plan: DayPlan) -> dict[Rules, DayResult]:
    days = {rules: play(plan, rules) for rules in (Rules.STORE, Rules.FIRST_COME)}
    for rules, day in days.items():
        print(f"{name}; {_line(rules, day)}", file=sys.stderr)
    return days


def _line(rules: Rules, day: DayResult) -> str:
    return (
        f"{rules.value}: {day.requests} requests, {day.forgotten} forgotten; "
        f"first answer p90 {day.first_answer_p90_s} s; "
        f"at the door p50 {day.at_door_p50_s} s, p90 {day.at_door_p90_s} s; "
        f"{day.late} later than promised; walked {day.walked_m} m; {day.released} claims ended by themselves"
    )
