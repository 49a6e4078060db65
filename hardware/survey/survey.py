"""The commissioning of a site: a guided walk through its rooms with a handful of tags, and what follows from it.

The steps are data, the prompts are text handed to a callback; who holds the clock, the screen and the reader is the
caller's business, so that the same walk runs in a shop and in the radio model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hardware.ports import TagRead, TagReader
from hardware.rooms.calibration import Calibration, CalibrationError
from hardware.rooms.estimates import seconds
from hardware.rooms.learning import WalkRead, learn
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, ReferenceTag, Site
from hardware.survey.findings import Reads, RoomFinding, Verdict, evaluate_room
from hardware.survey.steps import ReadCollector, StepKind, SurveyError, SurveyStep, steps

__all__ = ["StepKind", "Survey", "SurveyError", "SurveyStep", "evaluate_survey", "run", "steps"]


@dataclass(frozen=True, slots=True)
class Survey:
    """The result: a finding per room, what the walk taught, and the site with what was measured."""

    findings: tuple[RoomFinding, ...]
    calibration: Calibration | None
    site: Site
    levels: Mapping[tuple[str, Antenna], float]

    @property
    def verdict(self) -> Verdict:
        """Pass only where every room passed."""
        failed = any(finding.verdict is Verdict.FAILED for finding in self.findings)
        return Verdict.FAILED if failed or not self.findings else Verdict.PASSED


def run(
    site: Site,
    readers: Sequence[TagReader],
    say: Callable[[SurveyStep], bool],
    wait: Callable[[float], object],
    references: bool = True,
) -> Survey:
    """Guides a survey and examines it.

    `say` shows a step and returns once the technician is ready, with False to give up; `wait` lets that many seconds
    pass. The readers are started and closed. Errors: SurveyError when given up or a reader is lost.
    """
    listener = ReadCollector()
    try:
        for reader in readers:
            reader.start(listener.post)
        heard = [(step, _listen(step, listener, say, wait, site)) for step in steps(site, references)]
    finally:
        for reader in readers:
            reader.close()
    return evaluate_survey(site, heard)


def _listen(
    step: SurveyStep,
    listener: ReadCollector,
    say: Callable[[SurveyStep], bool],
    wait: Callable[[float], object],
    site: Site,
) -> Reads:
    if not say(step):
        raise SurveyError(f"the survey was given up at: {step.text}")
    listener.take()
    wait(step.seconds)
    return [(antenna, read) for reader, read in listener.take() for antenna in _antenna(site, reader, read)]


def _antenna(site: Site, reader: str, read: TagRead) -> Iterator[Antenna]:
    antenna = Antenna("" if site.one_reader else reader, read.antenna)
    if antenna in site.antennas:
        yield antenna


def evaluate_survey(site: Site, heard: Sequence[tuple[SurveyStep, Reads]]) -> Survey:
    """What the reads of all steps say; also for reads kept from an earlier walk."""
    calibration = _learn(site, heard)
    findings = []
    for room in site.rooms:
        walked = [
            pair
            for step, reads in heard
            if step.room == room and step.kind is StepKind.WALK
            for pair in reads
        ]
        checked = [
            pair
            for step, reads in heard
            if step.room == room and step.kind is StepKind.CHECK
            for pair in reads
        ]
        findings.append(
            evaluate_room(site, room, walked, _neighbour_accuracy(site, calibration, room, checked))
        )
    references = _references(
        site, [pair for step, reads in heard if step.kind is StepKind.REFERENCE for pair in reads]
    )
    floors = {finding.room: finding.floor_dbm for finding in findings if finding.own.reads}
    return Survey(tuple(findings), calibration, Site(site.rooms, floors, references), _levels(heard))


def _learn(site: Site, heard: Sequence[tuple[SurveyStep, Reads]]) -> Calibration | None:
    walk = [
        WalkRead(read.at_us, antenna, read.rssi_dbm, read.epc, step.room or "")
        for step, reads in heard
        if step.kind in (StepKind.WALK, StepKind.CORRIDOR)
        for antenna, read in reads
    ]
    try:
        return learn(site, walk)
    except CalibrationError:
        return None  # a deaf room fails by its own finding


def _neighbour_accuracy(site: Site, calibration: Calibration | None, room: str, reads: Reads) -> float:
    """The neighbour test: the share of tag-seconds, after the first three seconds, told to be in this room."""
    walk = sorted(
        (WalkRead(r.at_us, a, r.rssi_dbm, r.epc, room) for a, r in reads), key=lambda read: read.at_us
    )
    if not walk:
        return 0.0
    settled_us = walk[0].at_us + 3_000_000
    told = [
        belief.room == room
        for second in seconds(RoomTracker(site, calibration), walk)
        if second.at_us >= settled_us
        for belief in second.beliefs
    ]
    return sum(told) / len(told) if told else 0.0


def _references(site: Site, reads: Reads) -> dict[str, ReferenceTag]:
    """Per EPC the room whose antenna hears it loudest, with its mean signal there."""
    signals: dict[str, dict[str, list[float]]] = {}
    for antenna, read in reads:
        for room, antennas in site.rooms.items():
            if antenna in antennas:
                signals.setdefault(read.epc, {}).setdefault(room, []).append(read.rssi_dbm)
    found = {}
    for epc, rooms in signals.items():
        means = {room: sum(heard) / len(heard) for room, heard in rooms.items() if len(heard) >= 10}
        if means:
            room = max(means, key=lambda name: means[name])
            found[epc] = ReferenceTag(room, round(means[room], 1))
    return found


def _levels(heard: Sequence[tuple[SurveyStep, Reads]]) -> dict[tuple[str, Antenna], float]:
    """The mean signal by room and antenna, for the report."""
    sums: dict[tuple[str, Antenna], list[float]] = {}
    for step, reads in heard:
        if step.kind is StepKind.WALK:
            for antenna, read in reads:
                sums.setdefault((step.room or "", antenna), []).append(read.rssi_dbm)
    return {key: sum(signals) / len(signals) for key, signals in sums.items()}
