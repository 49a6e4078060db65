"""Pictures of the catalogue over HTTP: scaled once, cached within a limit, with a placeholder for broken files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import requests

from kiosk.core.exchanges import PICTURE_HEADER, SILHOUETTE
from kiosk.pictures import canvas
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.sample_shop import settings_in
from tests.optional_values import present


def picture_file(folder: Path, name: str, width: int = 300, height: int = 400) -> None:
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    pixels = np.full((height, width, 4), 200, np.uint8)
    (folder / name).write_bytes(canvas.png(pixels))


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    folder = tmp_path / "pictures"
    picture_file(folder, "S1-WHI.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    (folder / "half.png").write_bytes((folder / "S1-WHI.png").read_bytes()[:150])
    return settings_in(tmp_path, pictures=folder)


def size_of(content: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return picture.size


def get(address: str, **headers: str) -> requests.Response:
    """The answer; a picture that is not scaled yet is asked for again, as mirrors do."""
    while (answer := requests.get(address, headers=headers, timeout=10)).status_code == 503:
        assert answer.headers["retry-after"]
    return answer


def test_a_picture_comes_at_the_next_height_and_is_known_by_its_tag(url: str) -> None:
    first = get(f"{url}/api/v1/pictures/S1-WHI.png?h=150")
    assert (first.status_code, first.headers["content-type"]) == (200, "image/webp")
    assert size_of(first.content) == (120, 160)
    again = get(f"{url}/api/v1/pictures/S1-WHI.png?h=150", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert PICTURE_HEADER not in first.headers


def test_a_small_picture_is_not_blown_up(url: str) -> None:
    assert size_of(get(f"{url}/api/v1/pictures/S1-WHI.png?h=2000").content) == (300, 400)


@pytest.mark.parametrize("name", ["broken.png", "half.png"])
def test_a_broken_picture_is_a_silhouette_and_one_line_in_the_log(
    url: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    for height in (150, 300, 150):
        answer = get(f"{url}/api/v1/pictures/{name}?h={height}")
        assert answer.status_code == 200
        assert size_of(answer.content)[1] in (160, 320)
        assert answer.headers[PICTURE_HEADER] == SILHOUETTE
    assert sum(f"picture {name} cannot be read" in r.getMessage() for r in caplog.records) == 1


def test_a_changed_picture_is_sent_in_its_new_version(url: str, settings: StoreSettings) -> None:
    before = get(f"{url}/api/v1/pictures/S1-WHI.png?h=150").headers["etag"]
    picture_file(present(settings.pictures), "S1-WHI.png", 200, 400)
    after = get(f"{url}/api/v1/pictures/S1-WHI.png?h=150")
    assert after.headers["etag"] != before
    assert size_of(after.content) == (80, 160)


def test_a_missing_picture_is_missing(url: str) -> None:
    assert requests.get(f"{url}/api/v1/pictures/none.png", timeout=10).status_code == 404
    assert requests.get(f"{url}/api/v1/pictures/S1-WHI.png?h=99999", timeout=10).status_code == 422
