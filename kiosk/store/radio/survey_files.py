"""The files of a survey, site and calibration, compared with the rooms and antennas of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hardware.regular_files import check_regular
from hardware.rooms.calibration import Calibration, CalibrationError, load_calibration
from hardware.rooms.site import Antenna, Site, SiteError, load_site

_AGAIN = "run `cheval survey` again"


@dataclass(frozen=True, slots=True)
class SurveyedSite:
    """The site with the survey's levels and reference tags, and what of the survey cannot be used."""

    site: Site
    mistakes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def surveyed_site(site: Site, file: Path | None) -> SurveyedSite:
    """The site with the level floors and reference tags of a site file, without rooms whose antennas have changed."""
    if file is None:
        return SurveyedSite(site)
    if what := _unreadable(file):
        return SurveyedSite(site, (f"{what}; default values are used",))
    try:
        found = load_site(file)
    except SiteError as error:
        return SurveyedSite(
            site, tuple(f"{file}: {what}; default values are used" for what in error.mistakes)
        )
    same = {room for room, antennas in site.rooms.items() if set(found.rooms.get(room, ())) == set(antennas)}
    mistakes = [
        f"{file}: {_difference(room, antennas, found.rooms)}; default values are used there; {_AGAIN}"
        for room, antennas in site.rooms.items()
        if room not in same
    ]
    others = [room for room in found.rooms if room not in site.rooms]
    notes = [f"{file}: room {room} is not in the configuration" for room in others]
    if not same and others:
        mistakes = [f"{file} was made for other rooms ({', '.join(others)}); {_AGAIN}"]
    min_signals = {room: dbm for room, dbm in found.min_signals.items() if room in same}
    references = {epc: tag for epc, tag in found.references.items() if tag.room in same}
    return SurveyedSite(
        replace(site, min_signals=min_signals, references=references), tuple(mistakes), tuple(notes)
    )


@dataclass(frozen=True, slots=True)
class UsableCalibration:
    """A calibration that fits the site, or None with the reason; `notes`: what works but differs."""

    calibration: Calibration | None
    mistake: str = ""
    notes: tuple[str, ...] = ()


def usable_calibration(site: Site, file: Path | None) -> UsableCalibration:
    """The calibration of a file if it fits the site."""
    if file is None:
        return UsableCalibration(None)
    if what := _unreadable(file):
        return UsableCalibration(None, f"{what}; the default calibration is used")
    try:
        calibration = load_calibration(file)
        calibration.signal_model(site)
    except CalibrationError as error:
        text = str(error)
        what = text if str(file) in text else f"{file}: {text}"
        return UsableCalibration(None, f"{what}; the default calibration is used")
    walked: dict[str, set[Antenna]] = {}
    for room, antenna in calibration.counts:
        walked.setdefault(room, set()).add(antenna)
    known = set().union(*walked.values()) if walked else set()
    if unknown := [str(antenna) for antenna in site.antennas if antenna not in known]:
        what = f"{file}: the walk has no reads of antenna {', '.join(unknown)}"
        return UsableCalibration(None, f"{what}; the default calibration is used; {_AGAIN}")
    others = sorted(room for room in walked if room and room not in site.rooms)
    notes = tuple(f"{file}: room {room} is not in the configuration" for room in others)
    return UsableCalibration(calibration, notes=notes)


def _unreadable(file: Path) -> str:
    """Why a file cannot be opened; empty if it can."""
    try:
        check_regular(file)
    except OSError as error:
        return f"{file}: {(error.strerror or type(error).__name__).lower()}"
    return ""


def _difference(room: str, antennas: tuple[Antenna, ...], surveyed: Mapping[str, tuple[Antenna, ...]]) -> str:
    if room not in surveyed:
        return f"room {room} was not surveyed"
    before, now = (", ".join(map(str, sorted(listed))) for listed in (surveyed[room], antennas))
    return f"room {room} had antenna {before} at the survey, and has {now} now"
