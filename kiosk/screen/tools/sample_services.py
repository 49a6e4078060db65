"""A shop with as many services as fit on the page, named in every language; and two sizes asked for together."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core.domain.floor.service_icons import ServiceIcon
from kiosk.core.domain.floor.services import ALTERATION, DRINK, HELP, ServiceKind
from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.money import Money
from kiosk.core.domain.service_request import RequestKind, RequestState
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import RequestCard
from kiosk.core.scene.service_list import service_cards
from kiosk.core.visit.navigation import Page
from kiosk.screen.tools import sample_cards as cards
from kiosk.screen.tools.sample_wardrobe import wardrobe

GIFT = ServiceKind(
    "gift-wrap",
    LocalizedText.of({
        "en": "Gift wrapping", "de": "Als Geschenk einpacken", "fr": "Emballage cadeau", "es": "Envolver para regalo",
        "it": "Confezione regalo", "ja": "ギフト包装", "zh": "礼品包装", "ar": "تغليف الهدايا",
    }),
    LocalizedText.of({
        "en": "paper and ribbon of your choice", "de": "Papier und Band nach Ihrer Wahl",
        "fr": "papier et ruban à votre goût", "es": "papel y cinta a su gusto", "it": "carta e nastro a scelta",
        "ja": "紙とリボンをお選びください", "zh": "纸张与丝带任您挑选", "ar": "بالورق والشريط اللذين تختارهما",
    }),
    ServiceIcon.GIFT, 6,
)  # fmt: skip
SHOES = ServiceKind(
    "shoes",
    LocalizedText.of({
        "en": "Shoes to try it with", "de": "Schuhe zum Anprobieren", "fr": "Des chaussures pour essayer",
        "es": "Zapatos para probárselo", "it": "Scarpe per la prova", "ja": "試着用の靴", "zh": "试穿用的鞋",
        "ar": "حذاء للقياس",
    }),
    icon=ServiceIcon.BAG, minutes=4, brought=True,
)  # fmt: skip
CHAIR = ServiceKind(
    "chair",
    LocalizedText.of({
        "en": "A chair for your company", "de": "Ein Stuhl für Ihre Begleitung",
        "fr": "Une chaise pour votre compagnie", "es": "Una silla para su acompañante",
        "it": "Una sedia per chi è con Lei", "ja": "お連れさまのいす", "zh": "给同伴的椅子", "ar": "كرسي لمرافقك",
    }),
    icon=ServiceIcon.CHAIR, brought=True,
)  # fmt: skip


def altered(
    language: str, state: RequestState = RequestState.AT_THE_DOOR, *, price: int = 1850
) -> RequestCard:
    """An alteration with the tailor's note; the associate wrote it in her own language."""
    card = cards.request_card(language, 1 + (price > 0), state, kind=RequestKind.ALTERATION, by="Inès")
    shown = Money(price, "EUR").formatted(language) if price else ""
    return replace(
        card, note="Hem 2 cm shorter, <b>both</b> sleeves taken in at the seam", note_price=shown, note_weekday=3,
        note_day=3, note_month=12,
    )  # fmt: skip


def service_scenes(language: str) -> dict[str, Scene]:
    """The page with six services, and a request for one of them."""
    three = wardrobe(language, 3, can_go_back=True)
    six = service_cards((HELP, ALTERATION, replace(DRINK, minutes=5), GIFT, SHOES, CHAIR), language)
    request = cards.request_card(
        language, 1, RequestState.CLAIMED, kind=RequestKind.SERVICE, by="Inès", minutes=4
    )
    asked = replace(request, name=GIFT.label.in_language(language))
    unsure = cards.garment_card(language, 1, chosen="M", advice=cards.TWO_SIZES_ADVICE)
    both = replace(unsure, both=("M", "L"), second=ArticleId("09521234000020"))
    two = replace(cards.request_card(language, 1, RequestState.CLAIMED, by="Inès", minutes=4), size="M / L")
    return {
        "garment-both": replace(three, page=Page.GARMENT, garment=both),
        "request-both": replace(three, page=Page.REQUEST, requests=(two,)),
        "ask-six": replace(three, page=Page.ASK, services=six),
        "request-alteration": replace(three, page=Page.REQUEST, requests=(altered(language),)),
        "request-altered": replace(
            three,
            page=Page.REQUEST,
            requests=(
                altered(language, RequestState.DONE),
                replace(altered(language, price=0), note="حاشية ٢ سم"),
            ),
        ),
        "request-service": replace(three, page=Page.REQUEST, requests=(asked,)),
    }
