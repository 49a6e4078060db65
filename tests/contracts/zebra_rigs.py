"""Rigs of the Zebra drivers for the suite of tag readers."""

from __future__ import annotations

from pathlib import Path

from hardware.sim.radio.field import Tag
from hardware.sim.radio.zebra_reader import PASSWORD, SimZebraReader
from hardware.supervise import Backoff
from hardware.zebra.reader import ZebraReader
from hardware.zebra.settings import ZebraSettings
from tests.contracts.tag_rigs import EPC, Rig, with_faults
from tests.hardware.tls_front import identity

# shorter times, so that the suite is quick
QUICK_ZEBRA = ZebraSettings(
    password=PASSWORD,
    connect_s=0.5,
    answer_s=1.0,
    ping_s=0.2,
    pong_s=0.4,
    status_answer_s=0.4,
    backoff=Backoff(0.02, 0.1),
)


def zebra_rig(tmp_path: Path) -> Rig:
    made = identity(tmp_path)
    sim = SimZebraReader(made.server())
    sim.place(Tag(EPC, 2, rate_hz=50))
    return Rig(
        lambda: ZebraReader("r", "127.0.0.1", sim.port, made.client(), QUICK_ZEBRA),
        sim.pull,
        sim.plug,
        lambda: ZebraReader("r", "127.0.0.1", 1, made.client(), QUICK_ZEBRA),
        [sim.close],
        faulty=lambda errors: with_faults(ZebraReader, "_take", errors)(
            "r", "127.0.0.1", sim.port, made.client(), QUICK_ZEBRA
        ),
    )


def zebra_frozen_rig(tmp_path: Path) -> Rig:
    rig = zebra_rig(tmp_path)
    sim: SimZebraReader = rig.closers[0].__self__  # type: ignore[attr-defined]
    rig.lose = sim.freeze
    return rig


ZEBRA_RIGS = {"zebra": zebra_rig, "zebra-frozen": zebra_frozen_rig}
