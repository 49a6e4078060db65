"""The JavaScript of the associates' page: TypeScript's checker (strict) and ESLint find only what is planted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.store.api.openapi import document
from kiosk.store.compose_http import http_of
from kiosk.store.pages.page_files import CONSOLE
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, sample_store, settings_in
from tests.peers.javascript.answer_types import declarations
from tests.peers.javascript.checkers import WHY_ABSENT, modules, style_faults, type_faults

PLANTED = """\
/** @import { Floor } from "/associate/floor/floor.js" */
export const planted = (/** @type {Floor} */ floor) => [...floor.rooms.values()][0].titel;
/** @param {any} one */
export function markup(one) { if (one == 1) one.innerHTML = ""; }
"""


@pytest.fixture(scope="module")
def installed() -> Path:
    found = modules()
    if found is None:
        pytest.skip(WHY_ABSENT)
    return found


def answers(folder: Path) -> str:
    """The types of the store's answers, from the API's document."""
    with sample_store(settings_in(folder), ManualClock(), InProcessTerminal()) as store:
        return declarations(document(http_of(store)))


def test_a_planted_field_and_planted_markup_are_all_that_is_found(installed: Path, tmp_path: Path) -> None:
    """In one run of each checker, which take some seconds: the page's files, and one with faults beside them."""
    page = tmp_path / "page"
    shutil.copytree(CONSOLE, page)
    (page / "floor" / "planted.js").write_text(PLANTED, "utf-8")
    types = type_faults(installed, page, answers(tmp_path), tmp_path)
    assert types.count("error TS") == 1, types
    assert "Property 'titel' does not exist" in types
    styled = style_faults(installed, page, tmp_path)
    assert styled.count("  error  ") == 2, styled
    assert "no-restricted-properties" in styled
    assert "eqeqeq" in styled
