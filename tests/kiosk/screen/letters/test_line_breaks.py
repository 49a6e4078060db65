"""Texts of scripts without spaces are broken by their own rules, at full size; only what cannot be broken shrinks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.screen.tools.sample_scenes import sample_scenes
from tests.kiosk.screen.screen_harness import ScreenHarness
from tests.optional_values import present

OpenScreen = Callable[..., ScreenHarness]

STORIES = {
    "ja": "二枚の布を手で合わせ裏地を省きました一枚仕立てのように静かに落ち旅によくなじみしわは一晩で忘れます",
    "zh": "两层呢料以手工相合无需衬里垂落如一层没有纽扣只一根腰带领子够宽起风时可以竖起来走近了纹样才显出来",
    "ko": "두겹의천을손으로이어붙여안감이없으며한겹처럼고요하게떨어지고여행에도잘어울리며주름은하룻밤이면사라집니다",
    "th": "ผ้าสองชั้นเย็บติดกันด้วยมือจึงไม่ต้องมีซับในและทิ้งตัวลงอย่างนุ่มนวลเหมือนผ้าชั้นเดียวเหมาะกับการเดินทาง",
    "my": "အထည်နှစ်ထပ်ကိုလက်ဖြင့်ဆက်ထားသောကြောင့်အတွင်းစမလိုအပ်ဘဲတစ်ထပ်တည်းကဲ့သို့ငြိမ်သက်စွာကျဆင်းသည်",
    "emoji": "👗🧥👖👚👕👔🧣🧤🧦👘🥻🩱👙🩳👜👝🎒👞👟🥾🥿👠👡👢🧢👒🎩💍✨🌸🍁❄🌞🌈🎀🎁",
}
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitänskleid"


def story(screen: ScreenHarness, language: str, text: str) -> QQuickItem:
    """The story on the garment page."""
    scene = sample_scenes(language)["garment"]
    screen.show(replace(scene, garment=replace(present(scene.garment), story=text)))
    (found,) = (item for item in screen.texts() if item.property("text") == text)
    return found


@pytest.mark.parametrize("script", STORIES)
def test_a_story_without_spaces_wraps_at_full_size(script: str, open_screen: OpenScreen) -> None:
    screen = open_screen()
    shown = story(screen, script if script in ("ja", "zh") else "en", STORIES[script])
    assert shown.property("shrink") == 1
    assert shown.property("lineCount") > 1
    assert shown.property("contentWidth") <= shown.width() + 1
    assert screen.qt_messages == []


def test_words_with_spaces_and_hyphens_wrap_at_full_size(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for text in (
        "two layers of cloth joined by hand, so that no lining is needed",
        "well-cut-and-twice-washed-cotton",
    ):
        assert story(screen, "en", text).property("shrink") == 1


def test_a_short_heading_keeps_its_words_whole(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for name in ("receipt", "still-there"):
        screen.show(sample_scenes("ja")[name])
        heading = max(screen.texts(), key=lambda item: float(item.property("contentHeight")))
        assert (heading.property("lineCount"), heading.property("shrink") >= 0.79) == (1, True), name


def test_planted_a_word_that_cannot_be_broken_shrinks(open_screen: OpenScreen) -> None:
    """Without this the test above would prove nothing."""
    screen = open_screen()
    assert story(screen, "de", UNBROKEN).property("shrink") < 1
    assert story(screen, "ja", f"春夏{UNBROKEN}刺繍").property("shrink") < 1
