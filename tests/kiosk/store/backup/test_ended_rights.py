"""A device is revoked, or somebody's access is ended, after a back-up: a restore of it does not give that back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.core.domain.ids import AssociateId
from kiosk.store.lifecycle import Store
from kiosk.store.privacy.ended_rights import EndedRights
from kiosk.store.privacy.erasure_list import OWN_FILE, ErasureList, Kind
from kiosk.store.staff.devices import DeviceTokens, pair_device, pair_mirror
from kiosk.store.staff.pin_checks import PinChecks
from kiosk.store.staff.roles import Role
from kiosk.store.staff.staff_desk import StaffDesk
from kiosk.store.staff.tokens import store_key
from tests.kiosk.store.backup.backed_up import shop_in
from tests.kiosk.store.sample_shop import CHEAP, START_US, ManualClock, sample_store

BEA, CAY = AssociateId("s-bea"), AssociateId("s-cay")


def desk_of(store: Store, clock: ManualClock) -> StaffDesk:
    checks = PinChecks(store.settings.limits.sign_in, CHEAP)
    return StaffDesk(
        store.resources.database, checks, clock, gone=EndedRights(store.settings.state, clock).person
    )


def with_access(store: Store) -> set[AssociateId]:
    return {BEA, CAY} & {member.associate_id for member in desk_of(store, ManualClock()).all()}


@pytest.mark.parametrize(
    "noted",
    [
        pytest.param(True, id="noted"),
        pytest.param(False, id="planted: not copied", marks=pytest.mark.full),
    ],
)
def test_what_ended_after_the_back_up_ends_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], noted: bool
) -> None:
    shop, clock = shop_in(tmp_path), ManualClock()
    config = ["--config", str(shop.config)]
    tablet, lost_tablet = (pair_device(shop.state, name) for name in ("desk", "lost"))
    lost_mirror, mirror = pair_mirror(shop.state, "1"), pair_mirror(shop.state, "2")
    with sample_store(shop.settings) as store:
        desk = desk_of(store, clock)
        for who in (BEA, CAY):
            desk.add("m-mei", str(who), Role.ASSOCIATE, associate_id=who)
        # who was removed before and was added again keeps the access of the back-up
        clock.pass_s(10)
        desk.remove("m-mei", CAY)
        clock.pass_s(10)
        desk.add("m-mei", str(CAY), Role.ASSOCIATE, associate_id=CAY)
    made = shop.backup()
    with sample_store(shop.settings) as store:
        desk_of(store, clock).remove("m-mei", BEA)
    assert main(["pair", "--revoke", lost_tablet[0].device_id, *config]) == 0
    paired = pair_mirror(shop.state, "1", ended=EndedRights(shop.state, clock).device)
    if noted:
        assert main(["backup", "--erased-only", *config]) == 0
    shop.lose_machine()
    capsys.readouterr()
    assert shop.restore(made.file, "--json") == 0
    said = json.loads(capsys.readouterr().out)["erased_again"]
    assert (said["devices"], said["people"], said["members"]) == ((2, 1, 0) if noted else (0, 0, 0))
    tokens = DeviceTokens(shop.state)
    assert [tokens.of(token) is None for token in (lost_tablet[1], lost_mirror)] == [noted, noted]
    assert tokens.of(paired) is None, "the back-up is older than this mirror's pairing: pair it again"
    assert None not in (tokens.of(tablet[1]), tokens.of(mirror))
    with sample_store(shop.settings) as store:
        assert with_access(store) == ({CAY} if noted else {BEA, CAY})


def test_lines_of_both_kinds_stay_apart_and_nobody_can_add_one(tmp_path: Path) -> None:
    rights = EndedRights(tmp_path, lambda: START_US)
    rights.device("0" * 64)
    rights.person("s-bea")
    file = tmp_path / OWN_FILE
    listed = ErasureList(store_key(tmp_path)).read(file)
    assert (len(listed.erased), len(listed.ended), listed.damaged) == (0, 2, 0)
    assert {one.kind for one in listed.ended} == {Kind.RIGHT}
    assert b"s-bea" not in file.read_bytes()
    other = ErasureList(b"k" * 32).read(file)
    assert (other.erased, other.ended, other.damaged) == ((), (), 2)
