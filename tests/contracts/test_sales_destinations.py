"""The promises of `connectors.sales_out.port.Destination`, of a folder and of a program that is called by HTTPS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.connectors.sales_out.files import FilesDestination
from kiosk.connectors.sales_out.https import HttpsDestination
from kiosk.connectors.sales_out.port import Destination, Document
from tests.kiosk.connectors.sales_out.erp import erp


@dataclass(frozen=True)
class Rig:
    """`open` makes the destination, as after a restart; `kept` are the ids that it has."""

    open: Callable[[], Destination]
    kept: Callable[[], list[str]]


@pytest.fixture(params=["files", "https"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "https":
        with erp(tmp_path / "erp") as at:
            yield Rig(lambda: HttpsDestination(at.place()), lambda: list(at.taken))
        return
    folder = tmp_path / "folder"
    folder.mkdir()

    def kept() -> list[str]:
        files = sorted(folder.glob("sales-*.jsonl"))
        return [json.loads(line)["id"] for file in files for line in file.read_bytes().splitlines()]

    yield Rig(lambda: FilesDestination(folder, ZoneInfo("Europe/Vienna"), 0), kept)


def documents(*numbers: int) -> list[Document]:
    found = []
    for number in numbers:
        name = f"sale.o{number}"
        body = {"id": name, "kind": "sale", "currency": "EUR", "means": "terminal", "taxes": []}
        found.append(Document(name, "sale", number, json.dumps(body).encode()))
    return found


def give(destination: Destination, *numbers: int) -> None:
    wanted = documents(*numbers)
    for first in range(0, len(wanted), destination.batch):
        destination.take(wanted[first : first + destination.batch])


def test_what_was_given_is_kept_in_order(rig: Rig) -> None:
    destination = rig.open()
    give(destination, *range(1, 8))
    assert rig.kept() == [f"sale.o{n}" for n in range(1, 8)]
    destination.close()


def test_what_is_given_again_is_kept_once_after_a_restart_too(rig: Rig) -> None:
    destination = rig.open()
    give(destination, 1, 2, 2, 1)
    destination.close()
    again = rig.open()
    give(again, 1, 2, 3)
    again.close()
    give(again, 3, 4)
    assert rig.kept() == ["sale.o1", "sale.o2", "sale.o3", "sale.o4"]
    again.close()
