"""What the radio is made of: its settings, the site and calibration of a survey, and the readers, opened."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hardware.drivers.label_reader import open_label_reader
from hardware.drivers.tag_reader import is_scanner, open_tag_reader
from hardware.errors import HardwareError
from hardware.ports import KnownArticles, LabelReader, TagReader
from hardware.rooms.calibration import Calibration
from hardware.rooms.site import Site
from kiosk.store.radio.room_antennas import site_of
from kiosk.store.radio.survey_files import surveyed_site, usable_calibration
from kiosk.store.settings import ReaderSettings, RoomSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioSettings:
    """Readers, rooms, and the files of calibration and survey; None where there is no such file."""

    readers: Sequence[ReaderSettings]
    rooms: Sequence[RoomSettings]
    calibration_file: Path | None = None
    site_file: Path | None = None
    references_file: Path | None = None
    """Where the result of the daily check of the reference tags is written."""
    report_file: Path | None = None
    """Where the state of the readers is written for `cheval doctor`."""
    is_ours: Callable[[str], bool] | None = None
    """Whether an EPC is the shop's garment; without it all are."""


def tracking(settings: RadioSettings) -> tuple[Site | None, Calibration | None]:
    """The rooms with antennas and what a survey found out about them; what cannot be used is logged and left out."""
    plain = site_of(settings.rooms, settings.readers)
    if plain is None:
        return None, None
    surveyed = surveyed_site(plain, settings.site_file)
    usable = usable_calibration(surveyed.site, settings.calibration_file)
    for what in (*surveyed.mistakes, *filter(None, [usable.mistake])):
        log.warning("%s", what)
    return surveyed.site, usable.calibration


def open_reader(reader: ReaderSettings, known: KnownArticles | None) -> TagReader | LabelReader | None:
    """The reader of an entry, not yet started; None, with a line in the log, if it cannot be opened."""
    try:
        if is_scanner(reader.uri):
            return open_label_reader(reader.uri, reader.name, known)
        return open_tag_reader(reader.uri, reader.name)
    except HardwareError as error:
        log.error(
            "reader %s cannot be opened: %s; garments in its rooms are not detected", reader.name, error
        )
        return None
