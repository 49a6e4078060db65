"""The texts of the QML singletons: every enum value of the scene has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from itertools import product

from PySide6.QtQml import QQmlExpression, qmlContext

from kiosk.core.domain.advice import LookReason, SizeDoubt, SizeReason
from kiosk.core.domain.fit_feedback import AdviceBasis, FitArea, FitRating
from kiosk.core.domain.service_request import AssociateReply, RequestKind, RequestState
from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.scene.garment_cards import AdviceCard, SizeLocation
from kiosk.core.scene.scene import Notice
from kiosk.core.visit.basket import WhyNot
from kiosk.core.visit.pairing import PairingNeed, PairingProblem
from kiosk.screen.tools.sample_scenes import sample_scenes
from kiosk.store.payments.spending_limit import OVER_LIMIT
from tests.kiosk.screen.screen_harness import ScreenHarness
from tests.optional_values import present

OpenScreen = Callable[..., ScreenHarness]

CALLS: list[tuple[type[Enum], str]] = [
    (Notice, "SharedTexts.notice('{}')"),
    (WhyNot, "SharedTexts.whyNot('{}')"),
    (LookReason, "LookTexts.reason('{}', 'coat', 3)"),
    (LookReason, "LookTexts.reason('{}', 'coat', 0)"),
    (LookReason, "LookTexts.reasonShort('{}', 'Inès')"),
    (FitRating, "FitTexts.rating('{}')"),
    (FitArea, "FitTexts.area('{}')"),
    (SizeLocation, "SizeTexts.location('{}', 2, 'Lyon')"),
    (SizeLocation, "SizeTexts.locationLong('{}', 2, 'Lyon')"),
    (RequestKind, "SharedTexts.requestName('{}', 'coat', 'M')"),
    (RequestState, "RequestTexts.title('{}', true, 'Inès', false)"),
    (RequestState, "RequestTexts.title('{}', false, 'Inès', true)"),
    (AssociateReply, "RequestTexts.reply('{}')"),
    (PairingNeed, "PairingTexts.reason('{}')"),
    (PairingProblem, "PairingTexts.status('typing', '{}', '7')"),
]


def evaluate(screen: ScreenHarness, call: str) -> str:
    root = screen.window.view.rootObject()
    value, _ = QQmlExpression(present(qmlContext(root)), root, call).evaluate()
    return str(value or "")


def test_every_enum_value_has_a_text(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for language in ("en", "de", "ar"):
        screen.show(sample_scenes(language)["rest"])
        for choices, call in CALLS:
            for choice in choices:
                assert evaluate(screen, call.format(choice.value)), (language, call, choice)


def test_each_reason_of_a_refusal_has_its_own_text(open_screen: OpenScreen) -> None:
    screen = open_screen()
    for language in LANGUAGES:
        screen.show(sample_scenes(language)["rest"])
        refusals = (OVER_LIMIT, "under-way", "timeout", "cancelled", "", "a-planted-refusal")
        texts = [evaluate(screen, f"PaymentTexts.declineReason('{why}')") for why in refusals]
        assert len(set(texts)) == len(texts), (language, texts)
    screen.show(sample_scenes("en")["pay-over-limit"])
    assert screen.item("action").property("text") == "Pay by card or phone"
    screen.show(sample_scenes("en")["pay-under-way"])
    assert screen.item("action").property("text") == "Try again"


def test_a_value_without_text_gives_an_empty_one(open_screen: OpenScreen) -> None:
    assert evaluate(open_screen(), "SharedTexts.notice('a-planted-notice')") == ""


def advice_texts(screen: ScreenHarness, advice: AdviceCard, language: str = "en") -> tuple[str, str]:
    """The statement and the reason that the garment page shows for an advice."""
    page = sample_scenes(language)["feel"]
    assert page.garment is not None
    screen.show(replace(page, garment=replace(page.garment, advice=advice)))
    words = "mirror.scene.garment.advice"
    return evaluate(screen, f"SizeTexts.title({words})"), evaluate(screen, f"SizeTexts.reason({words})")


def test_every_advice_has_texts(open_screen: OpenScreen) -> None:
    screen = open_screen()
    sizes: tuple[tuple[str, ...], ...] = (("M",), ("M", "L"), ())
    for language in ("en", "de", "ar"):
        for reason, named, of in product(SizeReason, sizes, (0, 60)):
            advice = AdviceCard(
                named, len(named) == 1, reason, "S", min(of, 41), of, best=named[0] if named else ""
            )
            assert all(advice_texts(screen, advice, language)), (language, advice)
        for felt, named, up in product(FitRating, sizes, (True, False)):
            advice = AdviceCard(named, False, SizeReason.NOT_SURE, "", 0, 0, best="".join(named[:1]), felt=felt,
                                tried="M", taken_up=up)  # fmt: skip
            assert all(advice_texts(screen, advice, language)), (language, advice)


def test_an_uncertain_advice_is_worded_as_uncertain(open_screen: OpenScreen) -> None:
    screen = open_screen()
    doubt = AdviceCard(("M", "L"), False, SizeReason.NOT_SURE, "", 0, 0, best="L")
    head, why = advice_texts(screen, doubt)
    assert head == "Between M and L, take L"
    assert "not sure" in why
    assert advice_texts(screen, replace(doubt, sizes=("M",), best="M"))[0] == "Perhaps M"
    small = replace(doubt, reason=SizeReason.RUNS_SMALL, usual="M", kept=14, of=17)
    assert advice_texts(screen, small)[1] == "This one runs small: 14 of 17 who usually take M kept L."


def test_the_advice_after_fit_feedback(open_screen: OpenScreen) -> None:
    screen = open_screen()
    tight = AdviceCard(
        ("L",), True, SizeReason.RUNS_SMALL, "M", 0, 0, best="L", felt=FitRating.TIGHT, tried="M"
    )
    assert advice_texts(screen, tight) == ("Take L", "This one runs small.")
    true = replace(tight, reason=SizeReason.TRUE_TO_SIZE)
    assert advice_texts(screen, true)[1] == "L gives a little more room."
    assert advice_texts(screen, replace(true, felt=FitRating.RIGHT))[0] == "M it is"
    last = replace(true, sizes=(), best="", tried="XL")
    assert "XL is the most generous one" in advice_texts(screen, last)[1]


def test_the_source_of_a_survey_based_advice_is_named(open_screen: OpenScreen) -> None:
    hint = AdviceCard(("M",), False, SizeReason.NOT_SURE, "", 0, 0, best="M", basis=AdviceBasis.SURVEY)
    assert "measured on other people, so it is a hint" in advice_texts(open_screen(), hint)[1]


def test_of_a_size_that_is_gone_it_says_where_it_can_be_had(open_screen: OpenScreen) -> None:
    screen = open_screen()
    gone = AdviceCard(
        (), False, SizeReason.RUNS_SMALL, "L", 41, 60, missing="XL", other_colour="Navy", brought=False
    )
    assert advice_texts(screen, gone) == ("XL, in Navy", "XL is sold out in this colour. In Navy it is here.")
    nowhere = replace(gone, other_colour="")
    head, why = advice_texts(screen, nowhere)
    assert (head, "sold out" in why, "take" in why.casefold()) == ("XL is gone just now", True, False)
    left = replace(gone, sizes=("L",), best="L")
    assert advice_texts(screen, left) == ("Perhaps L", "XL is sold out in this colour. In Navy it is here.")
    for language in LANGUAGES:
        assert all("XL" in text for text in advice_texts(screen, nowhere, language)), language


def test_the_other_size_is_promised_only_where_somebody_can_bring_it(open_screen: OpenScreen) -> None:
    screen = open_screen()
    two = AdviceCard(("M", "L"), False, SizeReason.NOT_SURE, "", 0, 0, best="L")
    for doubt in SizeDoubt:
        said = advice_texts(screen, replace(two, doubt=doubt))[1]
        assert "we bring" in said, doubt
        alone = advice_texts(screen, replace(two, doubt=doubt, brought=False))[1]
        assert alone, doubt
        assert "we bring" not in alone, doubt
