"""`cheval survey`: guided measurement of how well each room's antennas are isolated from the other rooms."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hardware.drivers.tag_reader import is_scanner, open_tag_reader
from hardware.errors import HardwareError
from hardware.rooms.calibration import save_calibration
from hardware.survey.findings import RoomFinding, Verdict
from hardware.survey.report import report_html, site_yaml
from hardware.survey.survey import Survey, SurveyError, SurveyStep, run_steps
from kiosk.commands.configuration import store_config
from kiosk.commands.doctor import State
from kiosk.commands.doctor import readers as doctor_readers
from kiosk.config import Reader, StoreConfig
from kiosk.pictures.signal_plot import SignalPlot, signal_plot_png
from kiosk.store.radio.room_antennas import site_of
from kiosk.store.settings import settings_of

Say = Callable[[str], None]


def command(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 passed, 1 not passed, 2 wrong files, 3 reader not reachable or cancelled."""
    file, config = store_config(args.config)
    if not any(room.antennas for room in config.rooms.values()):
        print(f"{file}: no room has antennas; write them into `rooms`", file=sys.stderr)
        return 2
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"survey: {args.out}: {error.strerror}", file=sys.stderr)
        return 2
    # before the walk, which takes minutes
    if not _readers_work(config):
        return 3
    try:
        survey = run_survey(config, _ask_operator, _wait_with_countdown, references=not args.no_references)
    except HardwareError as error:
        print(f"survey: {error}", file=sys.stderr)
        return 3
    write_results(survey, args.out, config.shop.name, print)
    return 0 if survey.verdict is Verdict.PASSED else 1


def run_survey(
    config: StoreConfig,
    say: Callable[[SurveyStep], bool],
    wait: Callable[[float], object],
    *,
    references: bool,
) -> Survey:
    """Run the survey with the configured readers. The store must not run: a reader accepts one client."""
    readers = [open_tag_reader(reader.uri, reader.name) for reader in _radio(config)]
    settings = settings_of(config)
    site = site_of(settings.rooms, settings.readers)
    if site is None:
        raise SurveyError("no room of the configuration has antennas")
    return run_steps(site, readers, say, wait, references, _tell)


def _tell(note: str) -> None:
    print(f"  note: {note}", file=sys.stderr, flush=True)


def _radio(config: StoreConfig) -> list[Reader]:
    return [reader for reader in config.readers if not is_scanner(reader.uri)]


def _readers_work(config: StoreConfig) -> bool:
    """Whether every reader gets to "running". Prints what is wrong or should be known: a reader may say of an antenna
    that it is disconnected although it reads with it, so that is for the technician to judge."""
    works, rooms = True, doctor_readers.uses(config, {})
    for reader in _radio(config):
        findings = list(doctor_readers.look(reader.name, reader.uri, rooms[reader.name]))
        works &= any(finding.state is State.GOOD for finding in findings)
        for finding in findings:
            if finding.state is not State.GOOD:
                print(f"survey: {finding.about}: {finding.found}. {finding.advice}".rstrip(), file=sys.stderr)
    return works


def write_results(survey: Survey, out: Path, shop: str, say: Say) -> None:
    """Write the report and, if every room passed, site file and calibration; print the result of each room."""
    out.mkdir(parents=True, exist_ok=True)
    day = datetime.now().astimezone().date().isoformat()
    (out / "survey.html").write_text(report_html(survey, shop, day), "utf-8")
    (out / "survey.png").write_bytes(signal_plot_png(plot_of(survey, shop, day)))
    for finding in survey.findings:
        say(f"room {finding.room}: {finding.verdict.value}, isolation {_isolation(finding)}")
        for reason in finding.failures:
            say(f"  {reason}")
        if finding.power_change_db:
            say(f"  change the power of its antennas by {finding.power_change_db:+.1f} dB")
    for note in survey.notes:
        say(f"note: {note}")
    say(f"report: {out / 'survey.html'}, picture: {out / 'survey.png'}")
    if survey.verdict is Verdict.PASSED:
        (out / "site.yaml").write_text(site_yaml(survey), "utf-8")
        say(f"site file, for `radio.site` of the store: {out / 'site.yaml'}")
        if survey.calibration is not None:
            save_calibration(survey.calibration, out / "calibration.json")
            say(f"calibration, for `radio.calibration` of the store: {out / 'calibration.json'}")
    else:
        say("no site file is written until every room passes")


def _isolation(finding: RoomFinding) -> str:
    if finding.isolation_db is None:
        return "not known"
    return f"{'at least ' * finding.at_least}{finding.isolation_db:.1f} dB"


def plot_of(survey: Survey, shop: str, day: str) -> SignalPlot:
    """Content of the survey's picture."""
    notes = {f.room: (f"{f.verdict.value}, {_isolation(f)}", not f.failures) for f in survey.findings}
    return SignalPlot(
        shop,
        f"Survey of {day}: {survey.verdict.value}",
        survey.verdict is Verdict.PASSED,
        tuple(survey.site.rooms),
        tuple(map(str, survey.site.antennas)),
        {(room, str(antenna)): level for (room, antenna), level in survey.levels.items()},
        {(room, str(antenna)) for room, own in survey.site.rooms.items() for antenna in own},
        notes,
    )


def _ask_operator(step: SurveyStep) -> bool:
    print(f"\n{step.text}\n  Enter when ready, q to cancel: ", end="", flush=True)
    answer = sys.stdin.readline()
    # the end of the input also cancels
    return bool(answer) and not answer.strip().lower().startswith("q")


def _wait_with_countdown(seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        print(f"\r  reading, {left:3.0f} s left ", end="", flush=True)
        time.sleep(min(1.0, left))
    print("\r  done.                  ")
