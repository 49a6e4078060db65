"""The pointer to the served version."""

import json
from pathlib import Path

import pytest

from recommender.artefacts.versions import (
    ServedVersions,
    read_served,
    resolve_model,
    version_folder,
    versions_on_disk,
    write_served,
)
from recommender.errors import ModelMissingError


def test_written_versions_are_read_and_no_temporary_file_stays(tmp_path: Path) -> None:
    served = ServedVersions("0003-c", ("0002-b", "0001-a"))
    write_served(tmp_path, served)
    assert read_served(tmp_path) == served
    assert [file.name for file in tmp_path.iterdir()] == ["current"]


@pytest.mark.parametrize("version", ["../0001-a", ".hidden", "a/b"])
def test_a_pointer_outside_of_the_root_is_refused(tmp_path: Path, version: str) -> None:
    for served in (ServedVersions(version), ServedVersions("0001-a", (version,))):
        write_served(tmp_path, served)
        with pytest.raises(ModelMissingError, match="outside"):
            read_served(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"version": "a"}), "\x00"])
def test_an_unreadable_pointer_means_that_nothing_is_published(tmp_path: Path, content: str) -> None:
    (tmp_path / "current").write_text(content)
    with pytest.raises(ModelMissingError):
        read_served(tmp_path)


def test_a_root_stands_for_its_served_version_and_a_model_folder_for_itself(tmp_path: Path) -> None:
    assert resolve_model(tmp_path) == tmp_path
    write_served(tmp_path, ServedVersions("0001-a"))
    assert resolve_model(tmp_path) == version_folder(tmp_path, "0001-a")


def test_versions_are_listed_the_newest_first_without_unfinished_ones(tmp_path: Path) -> None:
    assert versions_on_disk(tmp_path) == ()
    for name in ("0001-a", "0010-b", "0002-c", ".0011-d"):
        version_folder(tmp_path, name).mkdir(parents=True)
    assert versions_on_disk(tmp_path) == ("0010-b", "0002-c", "0001-a")
