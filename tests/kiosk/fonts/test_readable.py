"""The characters of fonts as read from their files; names of a feed that no font can show."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont

from kiosk import paths
from kiosk.commands.check.file_owner import rights_of
from kiosk.commands.check.names import name_mistakes
from kiosk.commands.doctor import State
from kiosk.commands.doctor.devices import screen as glass
from kiosk.config import Severity, read_store
from kiosk.fonts.character_map import FontFileError, characters_of
from kiosk.fonts.readable import SCRIPTS, Fonts, fonts_of
from kiosk.screen.window import application

OURS = sorted((paths.assets() / "fonts").glob("*.[ot]tf"))
PLANES = [*range(0x20, 0xD800), *range(0xE000, 0x30000)]


@pytest.fixture(scope="module")
def ours() -> Fonts:
    return fonts_of(paths.assets() / "fonts")


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.stem)
def test_a_file_has_the_characters_that_qt_finds_in_it(file: Path) -> None:
    application()
    font = QRawFont(str(file), 16.0)
    assert characters_of(file) & set(PLANES) == {code for code in PLANES if font.supportsCharacter(code)}


def test_of_a_damaged_file_no_other_error_comes(tmp_path: Path) -> None:
    content, draw, target = OURS[0].read_bytes(), random.Random(16), tmp_path / "damaged.otf"
    refused = 0
    for _ in range(300):
        damaged = bytearray(content[: draw.choice((len(content), draw.randrange(len(content))))])
        for _ in range(draw.randrange(40)):
            if damaged:
                damaged[draw.randrange(min(len(damaged), 4000))] = draw.randrange(256)
        target.write_bytes(damaged)
        try:
            assert max(characters_of(target), default=0) <= 0x10FFFF
        except FontFileError:
            refused += 1
    assert refused


def test_what_is_not_drawn_is_not_missed(ours: Fonts) -> None:
    assert ours.missing("Coat\u00a0 38\u200d\ufe0f\n") == ""
    assert ours.missing("Coat 龘 龘 กข") == "龘กข"
    assert {"Thai", "Hebrew", "emoji"} <= set(ours.scripts()) <= set(SCRIPTS)
    assert fonts_of(Path("nowhere")).files == 0


def feed(folder: Path, *names: str, first_name: str = "Clara") -> Path:
    """A store's file with a feed of styles with these names and one shopper."""
    (folder / "feed").mkdir()
    colour = {"code": "NVY", "name": {"en": "Navy"}}
    lines = [
        {"style_id": f"S{n}", "name": name, "category": "coats", "price_minor": 100, "colours": [colour]}
        for n, name in enumerate(names)
    ]
    (folder / "feed" / "styles.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    shopper = {"shopper_id": "1", "first_name": first_name}
    (folder / "feed" / "shoppers.jsonl").write_text(json.dumps(shopper), "utf-8")
    file = folder / "store.yaml"
    file.write_text("catalogue: {feed: feed}\nstate: state\n", "utf-8")
    return file


def notes(file: Path, fonts: Fonts) -> list[str]:
    read = read_store(file)
    assert read.config is not None
    found = list(name_mistakes(read, read.config, fonts))
    assert {one.severity for one in found} <= {Severity.NOTE}
    return [str(one) for one in found]


def test_the_names_of_the_feed_that_cannot_be_shown_are_told(tmp_path: Path, ours: Fonts) -> None:
    (found,) = notes(feed(tmp_path, "Mantel", "เสื้อ", "Silk 👗", *["שמלה"] * 6), ours)
    assert "8 styles have letters that no font of this computer has: เสื้อ (เ ส" in found
    assert "Silk 👗 (👗)" in found
    assert "and 3 more; " in found
    assert "fonts-noto-core" in found


def test_names_that_can_be_shown_are_no_matter(tmp_path: Path, ours: Fonts) -> None:
    assert notes(feed(tmp_path, "Mantel", "معطف"), ours) == []


def test_first_names_are_counted_and_not_told(tmp_path: Path, ours: Fonts) -> None:
    (found,) = notes(feed(tmp_path, "Mantel", first_name="สมชาย"), ours)
    assert "the first names of 1 shoppers" in found
    assert not set("สมชาย") & set(found)


def test_a_feed_that_is_not_there_is_no_matter_here(tmp_path: Path, ours: Fonts) -> None:
    file = tmp_path / "store.yaml"
    file.write_text("catalogue: {feed: feed}\nstate: state\n", "utf-8")
    assert notes(file, ours) == []


def test_doctor_says_which_scripts_no_font_has() -> None:
    alone = glass.letters(paths.assets() / "fonts")
    assert (alone.about, alone.state) == ("letters", State.NOTE)
    assert "Thai" in alone.found
    assert "Arabic" not in alone.found
    assert "fonts-noto-core" in alone.advice


def test_a_folder_that_may_not_be_entered_has_no_fonts(tmp_path: Path) -> None:
    shutil.copy(OURS[0], tmp_path / "one.otf")
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0o000)
    with rights_of("nobody" if os.geteuid() == 0 else ""):
        assert fonts_of(tmp_path / "closed").files == 0
    assert fonts_of(tmp_path).files == 1
    (tmp_path / "closed").chmod(0o700)
