"""Checks site file and calibration as the store uses them: missing, broken, or made for other rooms."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.core.domain.ids import RoomId
from kiosk.store.radio.room_antennas import site_of
from kiosk.store.radio.survey_files import surveyed_site, usable_calibration
from kiosk.store.settings import ReaderSettings, RoomSettings


def survey_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Mistakes and notes about `radio.site` and `radio.calibration`."""
    rooms = [RoomSettings(RoomId(name), name, tuple(room.antennas)) for name, room in config.rooms.items()]
    site = site_of(rooms, [ReaderSettings(reader.name, reader.uri) for reader in config.readers])
    named = {"site": config.radio.site, "calibration": config.radio.calibration}
    if site is None:
        for key, file in named.items():
            if file is not None:
                what = "is not used, because no room has an antenna"
                yield read.mistake(("radio", key), what, Severity.NOTE)
        return
    surveyed = surveyed_site(site, config.radio.site)
    calibration = usable_calibration(surveyed.site, config.radio.calibration)
    for what in surveyed.mistakes:
        yield read.mistake(("radio", "site"), what, Severity.WITHOUT)
    if calibration.mistake:
        yield read.mistake(("radio", "calibration"), calibration.mistake, Severity.WITHOUT)
    for key, notes in (("site", surveyed.notes), ("calibration", calibration.notes)):
        for what in notes:
            yield read.mistake(("radio", key), what, Severity.NOTE)
