"""Controls an Impinj reader over its REST interface: writes and starts the preset, and asks whether it is running.

Source: Impinj IoT device interface, OpenAPI documents 1.5.0 and 1.7.0: /status, /profiles, /mqtt, /webhooks/event,
/system.
"""

from __future__ import annotations

import ssl
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from hardware.clock import now_us
from hardware.errors import ConnectionLostError, ReaderRefusedError
from hardware.impinj.preset import (
    Capabilities,
    Preset,
    PresetNote,
    contains,
    missing_in,
    own_preset,
)
from hardware.impinj.settings import OWN_PRESET, ImpinjSettings
from hardware.json_fields import as_object
from hardware.network.connection import WakeUp
from hardware.network.http.exchange import basic
from hardware.network.http.rest_client import RestClient, raise_for_status
from hardware.ports import NoteKind
from hardware.printable_text import printable

API: Final = "/api/v1"
_PRESETS: Final = f"{API}/profiles/inventory/presets"
# for requests that change something; a status is answered sooner
_CHANGE_S: Final = 5.0
Status = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReaderAddress:
    """Where a reader is controlled. `tls` None uses plain HTTP."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    settings: ImpinjSettings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reader whose inventory was started: notes about it, at most one of a kind, and its status before that, at
    `asked_us` by our clock."""

    notes: tuple[PresetNote, ...]
    status: Status
    asked_us: int

    def with_note(self, note: PresetNote) -> Prepared:
        """With one more note; notes of one kind are one text."""
        return replace(self, notes=_one_of_kind([*self.notes, note]))


class ReaderControl:
    """Requests to one reader. All methods raise OSError, ConnectionLostError or ReaderRefusedError; when the driver is
    closed meanwhile, they return what an idle reader would answer."""

    def __init__(self, reader: ReaderAddress, wake_up: WakeUp) -> None:
        settings = self._settings = reader.settings
        self.rest = RestClient(
            (reader.host, reader.port),
            reader.tls,
            wake_up,
            lambda: basic(settings.user, settings.password),
            connect_s=settings.connect_s,
            answer_s=settings.answer_s,
        )

    def status(self) -> Status:
        """The reader's status (ReaderStatus). Raises ReaderRefusedError if it is set to LLRP."""
        answer = self.rest.send("GET", f"{API}/status")
        if answer.status == 404 and self._interface() == "llrp":
            raise ReaderRefusedError(
                "its RFID interface is set to LLRP; set it to the Impinj IoT device interface, or use llrp://",
                404,
            )
        raise_for_status(answer, f"GET {API}/status")
        return answer.json()

    def prepare(self) -> Prepared:
        """Starts the reader's inventory with our preset, or with the retailer's."""
        status = self.status()
        asked_us = now_us()
        notes = self._use_retailers(status) if self._settings.preset else self._use_own(status)
        return Prepared(_one_of_kind(notes), status, asked_us)

    def capabilities(self) -> Capabilities:
        """What the reader allows in a preset; empty if it does not tell."""
        answer = self.rest.send("GET", f"{API}/profiles/inventory/presets-schema")
        return Capabilities.of(answer.json()) if answer.ok else Capabilities()

    def preset(self, name: str) -> Preset:
        """A preset of the reader, {} if it has none of this name."""
        answer = self.rest.send("GET", f"{_PRESETS}/{quote(name, safe='')}")
        if answer.status == 404:
            return {}
        raise_for_status(answer, f"to show the preset {name}")
        return answer.json()

    def wanted_preset(self) -> tuple[Preset, list[PresetNote]]:
        """The preset of our settings for this reader."""
        return own_preset(self._settings, self.capabilities(), self.preset("default"))

    def _use_own(self, status: Status) -> list[PresetNote]:
        wanted, notes = self.wanted_preset()
        active = active_preset(status)
        running = status.get("status") in ("running", "armed")
        stored = contains(self.preset(OWN_PRESET), wanted)
        if stored and running and active == OWN_PRESET:
            return notes
        if running:
            # a running preset can neither be replaced nor be followed by another
            self.change("POST", "/profiles/stop")
        if not stored:
            self.change("PUT", f"/profiles/inventory/presets/{OWN_PRESET}", wanted)
        self._start(OWN_PRESET)
        if running and active != OWN_PRESET:
            notes.append(
                PresetNote(
                    NoteKind.SETTING,
                    f"it was running {named(active)}, which was stopped for the preset {OWN_PRESET}",
                )
            )
        return notes

    def _use_retailers(self, status: Status) -> list[PresetNote]:
        name = self._settings.preset
        state, active = status.get("status"), active_preset(status)
        notes = []
        if state == "idle" or state is None:
            self._start(name)
        elif active != name:
            notes.append(
                PresetNote(
                    NoteKind.SETTING,
                    f"it is running {named(active)}, not the preset {name}; stop it on the reader's page",
                )
            )
            name = active
        if state == "armed":
            notes.append(PresetNote(NoteKind.NO_READS, "its preset waits for a trigger before it reads"))
        # fields that are missing in the events are said by the watch beside the driver, when reads come
        return notes + [
            note
            for note in (missing_in(self.preset(name)) if name else [])
            if note.kind is NoteKind.SLOW_READS
        ]

    def change(self, method: str, path: str, body: object = None) -> None:
        """A request that changes the reader; `path` without the API's base."""
        self.rest.request(method, f"{API}{path}", body, answer_s=_CHANGE_S)

    def _start(self, name: str) -> None:
        answer = self.rest.send("POST", f"{_PRESETS}/{quote(name, safe='')}/start", answer_s=_CHANGE_S)
        if answer.status == 404:
            advice = "create it on the reader's page, or leave preset= out"
            raise ReaderRefusedError(f"it has no preset {name}; {advice}", 404)
        raise_for_status(answer, f"to start the preset {name}")

    def _interface(self) -> str:
        answer = self.rest.send("GET", f"{API}/system/rfid/interface")
        try:
            return str(answer.json().get("rfidInterface", "")) if answer.ok else ""
        except ConnectionLostError:
            return ""


def active_preset(status: Status) -> str:
    """The id of the preset that is running; "" for none, or for one without id."""
    return str(as_object(status.get("activePreset")).get("id", ""))


def is_reading(status: Status) -> bool:
    """Whether the inventory runs, or waits for its trigger."""
    return status.get("status") in ("running", "armed")


def _one_of_kind(notes: list[PresetNote]) -> tuple[PresetNote, ...]:
    of_kind = defaultdict[NoteKind, list[str]](list)
    for note in notes:
        of_kind[note.kind].append(note.text)
    return tuple(PresetNote(kind, "; ".join(texts)) for kind, texts in of_kind.items())


def named(preset: str) -> str:
    """A running preset in a message."""
    return f"the preset {printable(preset)}" if preset else "an inventory of another program"
