"""The stylists' YAML file."""

from pathlib import Path

import pytest

from recommender.errors import TableError
from recommender.inputs.stylist_looks import StylistLook, read_stylist_looks


def test_the_stylist_file_names_every_mistake(tmp_path: Path) -> None:
    file = tmp_path / "looks.yaml"
    file.write_text("looks:\n  - {name: A, by: B, pieces: [x, y]}\n")
    assert read_stylist_looks(file) == (StylistLook("A", "B", ("x", "y")),)
    file.write_text("looks:\n  - {name: A, pieces: [x]}\n  - {title: B, pieces: [x, y]}\n  - 7\n")
    with pytest.raises(TableError) as told:
        read_stylist_looks(file)
    assert len(told.value.mistakes) == 3
    for text in ("", "looks: !!python/object/apply:os.getcwd []", "looks: {"):
        file.write_text(text)
        with pytest.raises(TableError):
            read_stylist_looks(file)


def test_an_item_id_is_the_text_that_is_written(tmp_path: Path) -> None:
    file = tmp_path / "looks.yaml"
    file.write_text("looks:\n  - {name: on, by: 007, pieces: [0614141, 2020-01-01, 12:30, yes, 0614141]}\n")
    (look,) = read_stylist_looks(file)
    assert (look.name, look.by) == ("on", "007")
    assert look.pieces == ("0614141", "2020-01-01", "12:30", "yes")
