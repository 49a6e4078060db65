"""The plan of the floor in the store's file: what it means, and each mistake in words with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import ConfigError, load_floor_plan, parse_store
from kiosk.config.floor_plan import floor_plan_of
from kiosk.core.domain.floor.plan import Spot
from kiosk.core.domain.ids import RoomId

PLAN = """\
zones:
  women:
    rooms: [1, 2]
    step_m: 1.8
    rails:
      dresses: {categories: [dresses, skirts]}
  men:
    rooms: [3]
    rails: {shirts: {categories: [shirts]}}
  cellar: {stockroom: true, prepares: [drink]}
ways:
  - {between: [women, men], metres: 12}
  - {between: [men, cellar], metres: 20}
"""
SHOP = "shop: {name: A}\nrooms: {1: {}, 2: {}, 3: {}}\nfloor_plan:\n"


def in_shop(plan: str) -> str:
    return SHOP + "".join(f"  {line}\n" for line in plan.splitlines())


def told(plan: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        parse_store(in_shop(plan))
    return [str(mistake) for mistake in error.value.mistakes]


def test_a_plan_in_the_stores_file_and_in_its_own(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN, "utf-8")
    section = parse_store(in_shop(PLAN)).floor_plan
    assert section is not None
    plan = floor_plan_of(section)
    assert plan == floor_plan_of(load_floor_plan(file))
    assert plan.room(RoomId("2")) == Spot("women", 1.8)
    assert plan.metres(Spot("women", 1.8), Spot("cellar")) == pytest.approx(33.8)


@pytest.mark.parametrize(
    ("written", "instead", "mistake"),
    [
        ("rooms: [3]", "rooms: [4]", "line 11: floor_plan.zones.men.rooms[0]: unknown room `4`; use one of 1, 2, 3"),
        ("rooms: [3]", "rooms: [3, 1]", "floor_plan.zones.men.rooms[1]: room `1` is in zone `women` already"),
        ("    rooms: [3]\n", "", "floor_plan.zones: room `3` is in no zone; write it in `rooms` of its zone"),
        ("    step_m: 1.8\n", "", "floor_plan.zones.women: needs `step_m`, the metres from one room to the next"),
        ("step_m: 1.8", "step_m: 0", "floor_plan.zones.women.step_m"),
        ("between: [men,", "between: [man,", "floor_plan.ways[1].between: unknown zone `man`; did you mean `men`?"),
        ("between: [men, cellar]", "between: [men, men]", "floor_plan.ways[1].between: joins a zone with itself"),
        ("between: [men, cellar]", "between: [men, women]", "floor_plan.ways[1].between: this way is written twice"),
        ("metres: 20", "metres: -1", "floor_plan.ways[1].metres"),
        ("  - {between: [men, cellar], metres: 20}\n", "", "no way leads here from `women`; write one in `ways`"),
        ("shirts: {cat", "dresses: {cat", "zone `women` has a rail of this name already"),
        ("categories: [shirts]", "categories: [Skirts]", "`Skirts` hangs on rail `dresses` already"),
        ("categories: [shirts]", "categories: []", "floor_plan.zones.men.rails.shirts.categories"),
        ("stockroom: true", "stock: true", "floor_plan.zones.cellar.stock"),
    ],
)  # fmt: skip
def test_each_mistake_is_named(written: str, instead: str, mistake: str) -> None:
    assert written in PLAN
    assert any(mistake in line for line in told(PLAN.replace(written, instead))), told(
        PLAN.replace(written, instead)
    )
