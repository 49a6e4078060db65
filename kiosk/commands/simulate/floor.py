"""`cheval simulate floor`: a Saturday of requests and associates in virtual time, beside first come, first served."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.demo.floor_day.day import Day, DayPlan
from kiosk.demo.floor_day.measures import DayResult
from kiosk.demo.floor_day.store_floor import Rules


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 passed, 1 a violation."""
    plan = DayPlan(args.rooms, args.associates, args.requests, args.seed)
    days = {rules: play(plan, rules) for rules in (Rules.STORE, Rules.FIRST_COME)}
    for rules, day in days.items():
        print(_line(rules, day), file=sys.stderr)
    result = {
        "rooms": plan.rooms, "associates": plan.associates, "requests": plan.requests, "seed": plan.seed,
        **{rules.name.lower(): day.as_json() for rules, day in days.items()},
    }  # fmt: skip
    text = json.dumps(result)
    print(text, flush=True)
    if args.out is not None:
        args.out.write_text(f"{text}\n", "utf-8")
    return 1 if days[Rules.STORE].violations else 0


def play(plan: DayPlan, rules: Rules) -> DayResult:
    """One day, with a database that is deleted afterwards."""
    with TemporaryDirectory(prefix="cheval-floor-") as folder:
        return Day(plan, rules, Path(folder)).play()


def _line(rules: Rules, day: DayResult) -> str:
    return (
        f"{rules.value}: {day.requests} requests, {day.forgotten} forgotten; "
        f"first answer p90 {day.first_answer_p90_s} s; "
        f"at the door p50 {day.at_door_p50_s} s, p90 {day.at_door_p90_s} s; "
        f"{day.released} claims ended by themselves"
    )
