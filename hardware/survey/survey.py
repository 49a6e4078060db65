"""Runs a survey (the guided walk that commissions a site) and evaluates its reads.

The caller shows the steps, lets time pass and opens the readers, so the same survey runs in a shop and in a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hardware.ports import TagRead, TagReader
from hardware.rooms.calibration import Calibration, CalibrationError
from hardware.rooms.estimates import estimates_by_second
from hardware.rooms.learning import learn_calibration
from hardware.rooms.room_tracker import RoomTracker
from hardware.rooms.site import Antenna, ReferenceTag, Site
from hardware.rooms.walk import WalkRead
from hardware.supervision.closing import close_all
from hardware.survey.collector import ReadCollector
from hardware.survey.findings import Reads, RoomFinding, Verdict, evaluate_room
from hardware.survey.steps import StepKind, SurveyError, SurveyStep, survey_steps

__all__ = ["StepKind", "Survey", "SurveyError", "SurveyStep", "evaluate_survey", "run_steps", "survey_steps"]

MIN_REFERENCE_READS = 10


@dataclass(frozen=True, slots=True)
class Survey:
    """The result: a finding for each room, the calibration of the walk, the site with measured minimum signals and
    references, and the mean RSSI by (room, antenna)."""

    findings: tuple[RoomFinding, ...]
    calibration: Calibration | None
    site: Site
    levels: Mapping[tuple[str, Antenna], float]
    notes: tuple[str, ...] = ()
    """What was noted about the readers during the survey: a disconnected antenna, slow reads."""

    @property
    def verdict(self) -> Verdict:
        """PASSED if every room passed."""
        failed = any(finding.verdict is Verdict.FAILED for finding in self.findings)
        return Verdict.FAILED if failed or not self.findings else Verdict.PASSED


def _tell_nobody(_note: str) -> None:
    """Where no technician reads notes."""


def run_steps(
    site: Site,
    readers: Sequence[TagReader],
    prompt: Callable[[SurveyStep], bool],
    wait: Callable[[float], object],
    references: bool = True,
    tell: Callable[[str], object] = _tell_nobody,
) -> Survey:
    """Runs all steps and evaluates their reads.

    `prompt` shows a step and returns True when the technician is ready, False to cancel; `wait` waits for a number of
    seconds; `tell` shows a note about a reader after the step in which it began. Starts and closes the readers. Raises
    SurveyError if it is cancelled, or if a reader is disconnected.
    """
    collector, notes = ReadCollector(reader.name for reader in readers), list[str]()
    try:
        for reader in readers:
            reader.start(collector.post)
        results = []
        for step in survey_steps(site, references):
            results.append((step, _collect(step, collector, prompt, wait, site)))
            for note in collector.take_notes():
                notes.append(note)
                tell(note)
    finally:
        close_all(readers)
    return replace(evaluate_survey(site, results), notes=tuple(notes))


def _collect(
    step: SurveyStep,
    collector: ReadCollector,
    prompt: Callable[[SurveyStep], bool],
    wait: Callable[[float], object],
    site: Site,
) -> Reads:
    if not prompt(step):
        raise SurveyError(f"the survey was cancelled at: {step.text}")
    collector.clear()
    wait(step.seconds)
    taken = collector.take()
    _require_strength(taken, site)
    return [(antenna, read) for reader, read in taken for antenna in _antenna(site, reader, read)]


def _require_strength(reads: Sequence[tuple[str, TagRead]], site: Site) -> None:
    """Raises SurveyError for a reader that sends no signal strength; card readers have none and are left out."""
    with_strength = {reader for reader, read in reads if read.rssi_dbm is not None}
    for reader in dict.fromkeys(reader for reader, _ in reads):
        antennas = site.antennas_of(reader)
        if reader not in with_strength and antennas and not site.contact_antennas.issuperset(antennas):
            raise SurveyError(
                f"reader {reader} sends no signal strength, which a survey measures: switch on PeakRSSI in its "
                "reports (rooms work without a survey too, by how often the antennas read)"
            )


def _antenna(site: Site, reader: str, read: TagRead) -> Iterator[Antenna]:
    antenna = site.antenna_of(reader, read.antenna)
    if antenna is not None:
        yield antenna
    elif read.antenna is None and site.antennas_of(reader):
        raise SurveyError(
            f"reader {reader} sends no antenna number, so that its antennas cannot be surveyed: "
            "switch on AntennaID in its reports"
        )


def evaluate_survey(site: Site, results: Sequence[tuple[SurveyStep, Reads]]) -> Survey:
    """The result of the reads of all steps."""
    calibration = _calibration(site, results)
    findings = []
    for room in site.rooms:
        walked = [
            pair
            for step, reads in results
            if step.room == room and step.kind is StepKind.WALK
            for pair in reads
        ]
        checked = [
            pair
            for step, reads in results
            if step.room == room and step.kind is StepKind.CHECK
            for pair in reads
        ]
        findings.append(
            evaluate_room(site, room, walked, _neighbour_accuracy(site, calibration, room, checked))
        )
    references = _references(
        site, [pair for step, reads in results if step.kind is StepKind.REFERENCE for pair in reads]
    )
    min_signals = {f.room: f.min_signal_dbm for f in findings if f.min_signal_dbm is not None}
    surveyed = replace(site, min_signals=min_signals, references=references)
    return Survey(tuple(findings), calibration, surveyed, _levels(results))


def _calibration(site: Site, results: Sequence[tuple[SurveyStep, Reads]]) -> Calibration | None:
    walk = [
        WalkRead(read.at_us, antenna, read.rssi_dbm, read.epc, step.room or "")
        for step, reads in results
        if step.kind in (StepKind.WALK, StepKind.CORRIDOR)
        for antenna, read in reads
    ]
    try:
        return learn_calibration(site, walk)
    except CalibrationError:
        return None  # the finding of the room without reads has the reason


def _neighbour_accuracy(site: Site, calibration: Calibration | None, room: str, reads: Reads) -> float:
    """The neighbour test: the share of tag-seconds, after the first three seconds, estimated in this room."""
    walk = sorted(
        (WalkRead(r.at_us, a, r.rssi_dbm, r.epc, room) for a, r in reads), key=lambda read: read.at_us
    )
    if not walk:
        return 0.0
    settled_us = walk[0].at_us + 3_000_000
    right = [
        tag.room == room
        for second in estimates_by_second(RoomTracker(site, calibration), walk)
        if second.at_us >= settled_us
        for tag in second.tags
    ]
    return sum(right) / len(right) if right else 0.0


def _references(site: Site, reads: Reads) -> dict[str, ReferenceTag]:
    """By EPC: the room with the strongest mean RSSI, and that mean."""
    signals: dict[str, dict[str, list[float]]] = {}
    for antenna, read in reads:
        for room, antennas in site.rooms.items():
            if antenna in antennas and read.rssi_dbm is not None:
                signals.setdefault(read.epc, {}).setdefault(room, []).append(read.rssi_dbm)
    found = {}
    for epc, rooms in signals.items():
        means = {
            room: sum(levels) / len(levels)
            for room, levels in rooms.items()
            if len(levels) >= MIN_REFERENCE_READS
        }
        if means:
            room = max(means, key=lambda name: means[name])
            found[epc] = ReferenceTag(room, round(means[room], 1))
    return found


def _levels(results: Sequence[tuple[SurveyStep, Reads]]) -> dict[tuple[str, Antenna], float]:
    """The mean RSSI by room and antenna, for the report."""
    sums: dict[tuple[str, Antenna], list[float]] = {}
    for step, reads in results:
        if step.kind is StepKind.WALK:
            for antenna, read in reads:
                if read.rssi_dbm is not None:
                    sums.setdefault((step.room or "", antenna), []).append(read.rssi_dbm)
    return {key: sum(signals) / len(signals) for key, signals in sums.items()}
