"""Sealed folders: the same content gives the same bytes, and every change is seen."""

from pathlib import Path

import numpy as np
import pytest

from recommender.artefacts.sealed_arrays import read_sealed, write_sealed
from recommender.errors import ModelMalformedError, ModelMissingError, ModelTamperedError

ARRAYS = {
    "a": {"x": np.arange(6).reshape(2, 3), "names": np.array(["é", "b"])},
    "b": {"y": np.zeros(0, np.float32)},
}


def test_arrays_and_metadata_come_back_as_they_were(tmp_path: Path) -> None:
    seal = write_sealed(tmp_path, "kind", {"n": 1, "text": "é"}, ARRAYS)
    found = read_sealed(tmp_path, "kind")
    assert (found.metadata, found.seal) == ({"n": 1, "text": "é"}, seal)
    for file, arrays in ARRAYS.items():
        for name, array in arrays.items():
            assert np.array_equal(found.arrays[file][name], array)
            assert found.arrays[file][name].dtype == array.dtype


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    seals = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        seals.append(write_sealed(tmp_path / name, "kind", {"b": 1, "a": 2}, dict(reversed(ARRAYS.items()))))
    assert seals[0] == seals[1]
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_a_folder_of_another_kind_or_key_is_refused(tmp_path: Path) -> None:
    write_sealed(tmp_path, "kind", {}, ARRAYS, key=b"key")
    assert read_sealed(tmp_path, "kind", b"key").seal.startswith("hmac-sha256:")
    with pytest.raises(ModelMalformedError, match="kind"):
        read_sealed(tmp_path, "other", b"key")
    for key in (None, b"another"):
        with pytest.raises(ModelTamperedError):
            read_sealed(tmp_path, "kind", key)


def test_values_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    write_sealed(tmp_path, "kind", {}, {"a": {"x": np.array([1, np.nan])}})
    with pytest.raises(ModelMalformedError, match="not finite"):
        read_sealed(tmp_path, "kind")


def test_an_empty_folder_holds_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError):
        read_sealed(tmp_path, "kind")
