"""Writes the result of a survey: an HTML report with a heat map of RSSI by room and antenna, and the site file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hardware.rooms.site import Site
from hardware.survey.findings import MAX_WRONG_SHARE, PASS_DB, RoomFinding, Verdict
from hardware.survey.survey import Survey

CELL_PX = 64
LABEL_PX = 120
STRONG_DBM, WEAK_DBM = -40.0, -80.0


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text at a place of the drawing, in pixels."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The square of one room and antenna: the stronger the RSSI, the higher its opacity; framed for a room's own
    antenna."""

    x: int
    y: int
    size: int
    opacity: str
    framed: bool
    text: PlacedText


@dataclass(frozen=True, slots=True)
class HeatMap:
    """RSSI by room (rows) and antenna (columns), laid out for an SVG; width and height in pixels."""

    width: int
    height: int
    antennas: tuple[PlacedText, ...]
    rooms: tuple[PlacedText, ...]
    cells: tuple[Cell, ...]


def report_html(survey: Survey, title: str, day: str) -> str:
    """The page; `title` names the shop, `day` is the date to print."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("report.html.jinja").render(
        title=title,
        day=day,
        verdict=survey.verdict.value,
        heat_map=heat_map(survey),
        findings=survey.findings,
        notes=survey.notes,
        pass_db=PASS_DB,
        pass_percent=100 * (1.0 - MAX_WRONG_SHARE),
    )


def heat_map(survey: Survey) -> HeatMap:
    """The drawing of a survey's mean RSSI."""
    site, half = survey.site, CELL_PX // 2
    cells = [
        _cell(
            LABEL_PX + CELL_PX * column,
            half + CELL_PX * row,
            survey.levels.get((room, antenna)),
            framed=antenna in own,
        )
        for row, (room, own) in enumerate(site.rooms.items())
        for column, antenna in enumerate(site.antennas)
    ]
    return HeatMap(
        LABEL_PX + CELL_PX * len(site.antennas),
        half + CELL_PX * len(site.rooms),
        tuple(
            PlacedText(LABEL_PX + CELL_PX * column + half, 20, str(antenna))
            for column, antenna in enumerate(site.antennas)
        ),
        tuple(PlacedText(0, half + CELL_PX * row + half + 4, room) for row, room in enumerate(site.rooms)),
        tuple(cells),
    )


def _cell(x: int, y: int, level_dbm: float | None, *, framed: bool) -> Cell:
    level = WEAK_DBM if level_dbm is None else level_dbm
    opacity = min(1.0, max(0.0, (level - WEAK_DBM) / (STRONG_DBM - WEAK_DBM)))
    text = "" if level_dbm is None else f"{level_dbm:.0f}"
    half = CELL_PX // 2
    return Cell(x + 2, y + 2, CELL_PX - 4, f"{opacity:.2f}", framed, PlacedText(x + half, y + half + 4, text))


def site_yaml(survey: Survey) -> str:
    """The site file of a survey that passed, to be read by `load_site`. Raises ValueError for one that failed."""
    if survey.verdict is Verdict.FAILED:
        raise ValueError("a site that did not pass its survey gets no site file")
    return _yaml(survey.site, {finding.room: finding for finding in survey.findings})


def _yaml(site: Site, findings: dict[str, RoomFinding]) -> str:
    lines = ["# written by the survey", "rooms:"]
    for room, antennas in site.rooms.items():
        names = ", ".join(str(a.port) if not a.reader else json.dumps(str(a)) for a in antennas)
        isolation_db = findings[room].isolation_db
        remark = "" if isolation_db is None else f"  # isolation {isolation_db:.1f} dB"
        lines.append(f"  {json.dumps(room)}:{remark}")
        lines.append(f"    antennas: [{names}]")
        lines.append(f"    floor_dbm: {site.min_signals[room]}")
    if site.references:
        lines.append("references:")
    for epc, reference in site.references.items():
        entry = f"{{room: {json.dumps(reference.room)}, level_dbm: {reference.level_dbm}}}"
        lines.append(f"  {json.dumps(epc)}: {entry}")
    return "\n".join(lines) + "\n"
