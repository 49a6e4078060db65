"""The HTML report of a survey."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from hardware.survey.report import heat_map, report_html
from hardware.survey.survey import Survey
from tests.hardware.survey.modelled_survey import ROOM_COUNT

DAY = "2026-03-02"


def test_the_report_shows_verdict_and_heat_map(good: Survey) -> None:
    page = report_html(good, "Rue Neuve", DAY)
    assert 'class="pass"' in page
    assert DAY in page
    assert page.count("<rect") == ROOM_COUNT * ROOM_COUNT
    assert page.count('stroke="#1d1a16"') == ROOM_COUNT
    assert page.count("<tr>") == 1 + ROOM_COUNT
    assert "http" not in page


def test_names_are_escaped(good: Survey) -> None:
    page = report_html(good, "Rue <Neuve> & Co", DAY)
    assert "Rue &lt;Neuve&gt; &amp; Co" in page
    assert "<Neuve>" not in page


def test_the_drawing_is_well_formed(good: Survey) -> None:
    (svg,) = re.findall(r"<svg.*?</svg>", report_html(good, "Rue Neuve", DAY), re.DOTALL)
    drawing = ET.fromstring(svg)
    texts = [text.text for text in drawing.findall("text")]
    assert texts[:ROOM_COUNT] == [str(antenna) for antenna in good.site.antennas]
    assert set(good.site.rooms) <= set(texts)


def test_failed_rooms_have_their_reasons(bad: Survey) -> None:
    page = report_html(bad, "Rue Neuve", DAY)
    assert 'class="fail"' in page
    assert "lower the power" in page


def test_stronger_signals_are_more_opaque(good: Survey) -> None:
    cells = heat_map(good).cells
    own = [float(cell.opacity) for cell in cells if cell.framed]
    other = [float(cell.opacity) for cell in cells if not cell.framed]
    assert min(own) > max(other)
