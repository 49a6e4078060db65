"""The outcome of a survey on paper: an HTML page with a drawing of what every antenna hears, and the site file."""

from __future__ import annotations

import json
from html import escape

from hardware.rooms.site import Site
from hardware.survey.findings import PASS_DB, RoomFinding, Verdict
from hardware.survey.survey import Survey

CELL = 64
LABEL = 120
LOUD_DBM, QUIET_DBM = -40.0, -80.0

_STYLE = """
body { font: 16px/1.5 Georgia, serif; color: #1d1a16; background: #faf8f4; max-width: 60rem;
  margin: 3rem auto; padding: 0 1rem }
h1 { font-weight: normal; letter-spacing: .02em } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #ddd6ca; vertical-align: top }
.pass { color: #2f6b3c } .fail { color: #a3281e } svg text { font: 13px Georgia, serif; fill: #1d1a16 }
svg { max-width: 100%; height: auto }
"""


def report_html(survey: Survey, title: str, day: str) -> str:
    """The page; `title` names the shop, `day` is the date to print."""
    verdict = survey.verdict.value
    rows = "\n".join(_row(finding) for finding in survey.findings)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}: survey</title><style>{_STYLE}</style></head><body>
<h1>{escape(title)}</h1>
<p>Survey of {escape(day)}: <strong class="{verdict}">{verdict}</strong></p>
{drawing(survey)}
<p>Mean signal in dBm that each antenna (column) hears of tags in each room (row). A room's own antennas are framed.</p>
<table><tr><th>Room</th><th>Verdict</th><th>Isolation</th><th>Own signal</th><th>Neighbour test</th><th>Power</th></tr>
{rows}
</table>
<p>A room passes with at least {PASS_DB:.0f} dB of isolation and a neighbour test told rightly.</p>
</body></html>
"""


def _row(finding: RoomFinding) -> str:
    bound = "at least " if finding.at_least else ""
    verdict = finding.verdict.value
    why = "".join(f"<br>{escape(reason)}" for reason in finding.why)
    advice = f"{finding.power_change_db:+.1f} dB" if finding.power_change_db else "keep"
    return (
        f'<tr><td>{escape(finding.room)}</td><td class="{verdict}">{verdict}{why}</td>'
        f"<td>{bound}{finding.isolation_db:.1f} dB</td><td>{finding.own.mean_dbm:.1f} dBm</td>"
        f"<td>{100 * finding.neighbour_accuracy:.0f} %</td><td>{advice}</td></tr>"
    )


def drawing(survey: Survey) -> str:
    """Rooms by antennas as an SVG; the darker the louder."""
    site = survey.site
    width, height = LABEL + CELL * len(site.antennas), CELL // 2 + CELL * len(site.rooms)
    parts = [
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="signals by room and antenna">'
    ]
    for column, antenna in enumerate(site.antennas):
        x = LABEL + CELL * column + CELL // 2
        parts.append(f'<text x="{x}" y="20" text-anchor="middle">{escape(str(antenna))}</text>')
    for line, (room, own) in enumerate(site.rooms.items()):
        y = CELL // 2 + CELL * line
        parts.append(f'<text x="0" y="{y + CELL // 2 + 4}">{escape(room)}</text>')
        for column, antenna in enumerate(site.antennas):
            level = survey.levels.get((room, antenna))
            parts.append(_square(LABEL + CELL * column, y, level, framed=antenna in own))
    return "".join((*parts, "</svg>"))


def _square(x: int, y: int, level_dbm: float | None, *, framed: bool) -> str:
    quiet = QUIET_DBM if level_dbm is None else level_dbm
    ink = min(1.0, max(0.0, (quiet - QUIET_DBM) / (LOUD_DBM - QUIET_DBM)))
    frame = ' stroke="#1d1a16" stroke-width="2"' if framed else ""
    text = "" if level_dbm is None else f"{level_dbm:.0f}"
    return (
        f'<rect x="{x + 2}" y="{y + 2}" width="{CELL - 4}" height="{CELL - 4}" fill="#8a5a2b" '
        f'fill-opacity="{ink:.2f}"{frame}/><text x="{x + CELL // 2}" y="{y + CELL // 2 + 4}" '
        f'text-anchor="middle">{text}</text>'
    )


def site_yaml(survey: Survey) -> str:
    """The site file of a survey that passed, to be read by `load_site`. Errors: ValueError for one that failed."""
    if survey.verdict is Verdict.FAILED:
        raise ValueError("a site that did not pass its survey gets no site file")
    return _yaml(survey.site, {finding.room: finding for finding in survey.findings})


def _yaml(site: Site, findings: dict[str, RoomFinding]) -> str:
    lines = ["# written by the survey", "rooms:"]
    for room, antennas in site.rooms.items():
        names = ", ".join(str(a.port) if not a.reader else json.dumps(str(a)) for a in antennas)
        lines.append(f"  {json.dumps(room)}:  # isolation {findings[room].isolation_db:.1f} dB")
        lines.append(f"    antennas: [{names}]")
        lines.append(f"    floor_dbm: {site.floors[room]}")
    if site.references:
        lines.append("references:")
    for epc, reference in site.references.items():
        entry = f"{{room: {json.dumps(reference.room)}, level_dbm: {reference.level_dbm}}}"
        lines.append(f"  {json.dumps(epc)}: {entry}")
    return "\n".join(lines) + "\n"
