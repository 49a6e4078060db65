"""Garments are recognised in the eight languages of the shop, and what cannot complete each other is excluded."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.looks.serving.outfits.kinds import (
    GarmentWords,
    OutfitKind,
    OutfitReader,
    excludes,
    kind_text,
    parse_kind,
)
from recommender.looks.serving.outfits.words import Line, Season, Slot

READER = OutfitReader()
SLOTS: dict[Slot, str] = {
    Slot.DRESS: """
        dresses, Sundress, Abendkleider, Sommerkleid, robe longue, Robes, Robe chemise, vestito,
        vestidos, فساتين, ワンピース, 连衣裙, Jumpsuit/Playsuit, Dungarees, Kleid mit Gürtel, Shirt dress,
        Suits, Hosenanzüge, Costumes, Abiti, Trajes, Tracksuits, عبايات, スーツ, 西装, Slip dress""",
    Slot.TOP: """
        Shirts, T-shirt, Sweatshirts, Herrenhemden, Blusen, Strickwaren, chemises, pulls, camicie,
        maglioni, camisas, قمصان, シャツ, セーター, 衬衫, 毛衣, Polo shirt, Dress shirt,
        Tailored Waistcoat, Vests, Suit jackets, Vestes de costume, Americanas, T恤""",
    Slot.BOTTOM: """
        Trousers, jeans, Linen shorts, Minirock, Röcke, Lederhosen, Pantalons, Pantalon de costume,
        jupe plissée, gonne, pantaloni, faldas, vaqueros, تنانير, بنطلون, スカート, パンツ,
        ショートパンツ, 半身裙, 牛仔裤, Bottoms, Skorts, Suit trousers, Leggings/Tights, ボトムス, 西装裤""",
    Slot.OUTER: """
        coats, Trench coat, Wintermantel, Mäntel, Lederjacke, Jeansjacke, manteaux, Veste en jean,
        cappotti, giacche, abrigos, chaquetas, معاطف, コート, 大衣, 牛仔外套, アウター""",
    Slot.SHOES: """
        Shoes, Ankle boots, Heeled sandals, Damenschuhe, Stiefel, Chaussures de ville, bottes, scarpe,
        stivali, zapatos, botas, أحذية, ブーツ, スニーカー, 鞋, Dress shoes, Pantoffeln, Plimsolls, Wellingtons""",
    Slot.ACCESSORY: """
        Bags, Leather gloves, Hat/beanie, Gürtel, Handschuhe, Wollmütze, ceintures, gants, borse, guanti,
        bolsos, bufandas, قفازات, 手袋, バッグ, 围巾, Bow tie, Sarong, Hair/alice band""",
    Slot.UNDERWEAR: """
        Underwear bottom, Socks, Strumpfhosen, Sous-vêtements, chaussettes, calzini, calcetines, جوارب,
        靴下, 内衣, BHs, Sport-BHs, Slips, Soutiens-gorge, Panties, Knickers, Pantyhose, Boxershorts, Trunks""",
    Slot.NIGHT: """
        Pyjama jumpsuit/playsuit, Nachthemd, Chemise de nuit, Camicia da notte, pijamas, パジャマ, 睡衣,
        Night shirts, Sleepsuits, Schlafanzüge""",
    Slot.NIGHT_TOP: "Pyjama tops, Haut de pyjama, Schlafshirts",
    Slot.NIGHT_BOTTOM: "Pyjama bottom, Pyjamahosen, Bas de pyjama, Pantaloni pigiama",
    Slot.ROBE: "Bathrobe, Bademäntel, Robes de chambre, Vestaglie, Albornoces, 浴袍",
    Slot.SWIM_TOP: "Swimwear top, Bikini top, Bikinioberteile, Haut de maillot de bain",
    Slot.SWIM_BOTTOM: "Swimwear bottom, Bikini bottoms, Bikinihose, Bas de maillot de bain, Slip bikini",
    Slot.SWIM: """
        Badehose, Swim suit, 泳装, ملابس السباحة, Maillot de bain, costume da bagno, bañador, 水着, 泳衣""",
}
NAMED = [(slot, name.strip()) for slot, names in SLOTS.items() for name in names.split(",")]
NEW = ("", "Unknown", "New in", "Sale", "Divided", "Atelier No. 5", "123", "???", "Gift card", "عروض", "新品")


@pytest.mark.parametrize(("slot", "name"), NAMED, ids=[name for _, name in NAMED])
def test_the_slot_of_a_category_in_any_language(slot: Slot, name: str) -> None:
    assert READER.kind(GarmentWords(name)).slot is slot
    assert READER.kind(GarmentWords(name.upper())).slot is slot
    assert READER.kind(GarmentWords("Neu", name)).slot is slot, "an unknown category: by the name"


@pytest.mark.parametrize("name", NEW)
def test_an_unknown_category_has_no_slot_and_excludes_nothing(name: str) -> None:
    kind = READER.kind(GarmentWords(name))
    assert kind == OutfitKind()
    assert not any(excludes(kind, OutfitKind(slot, Season.COLD, Line.MEN)) for slot in Slot)


@pytest.mark.parametrize(
    ("category", "name", "slot"),
    [
        ("Shoes & bags", "Leather tote", Slot.ACCESSORY),
        ("Shoes & bags", "Ankle boots", Slot.SHOES),
        ("Shoes and bags", "No. 5", None),
        ("Kleider und Röcke", "Plissee-Rock", Slot.BOTTOM),
        ("Underwear, nightwear", "Soft pyjama", Slot.NIGHT),
        ("Shirts & Blouses", "No. 5", Slot.TOP),
        ("Jacken & Mäntel", "No. 5", Slot.OUTER),
    ],
)
def test_a_category_of_several_garments_says_only_what_they_have_in_common(
    category: str, name: str, slot: Slot | None
) -> None:
    assert READER.kind(GarmentWords(category, name)).slot is slot


def test_a_blazer_among_the_jackets_is_worn_under_a_coat() -> None:
    assert READER.kind(GarmentWords("jackets", "Wool blazer")).slot is Slot.TOP
    assert READER.kind(GarmentWords("jackets", "Tweed jacket")).slot is Slot.OUTER
    assert READER.kind(GarmentWords("trousers", "Shirt-waist trousers")).slot is Slot.BOTTOM


@pytest.mark.parametrize(
    ("words", "season"),
    [
        (GarmentWords("accessories", "Leather gloves"), Season.COLD),
        (GarmentWords("accessories", "Elegant belt"), None),
        (GarmentWords("trousers", "Linen shorts"), Season.WARM),
        (GarmentWords("dresses", "Short dress"), None),
        (GarmentWords("shirts", "Oxford", "European linen"), Season.WARM),
        (GarmentWords("knitwear", "Crew neck", "Two-ply cashmere"), Season.COLD),
        (GarmentWords("coats", "Wrap coat", "Virgin wool, 10 % cashmere"), None),
        (GarmentWords("coats", "Wrap coat", "Wool with a little mohair"), None),
        (GarmentWords("Sommerkleider"), Season.WARM),
        (GarmentWords("Handschuhe"), Season.COLD),
        (GarmentWords("gants"), Season.COLD),
        (GarmentWords("shirts", "Linen shirt", season="AW26"), Season.COLD),
        (GarmentWords("shirts", season="Spring/Summer 2026"), Season.WARM),
        (GarmentWords("shirts", season="SS26"), Season.WARM),
        (GarmentWords("shirts", season="Herbst/Winter"), Season.COLD),
        (GarmentWords("shirts", season="summer and winter"), None),
        (GarmentWords("Leather gloves", season="all year"), None),
    ],
)
def test_the_season_of_a_garment(words: GarmentWords, season: Season | None) -> None:
    assert READER.kind(words).season is season


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (GarmentWords(line="Ladieswear"), Line.WOMEN),
        (GarmentWords(line="Herren"), Line.MEN),
        (GarmentWords("Men's shirts"), Line.MEN),
        (GarmentWords("Damenhosen"), Line.WOMEN),
        (GarmentWords("mens-shirts"), Line.MEN),
        # made for women where nothing else is said
        (GarmentWords("Dresses"), Line.WOMEN),
        (GarmentWords("Röcke"), Line.WOMEN),
        (GarmentWords("ワンピース"), Line.WOMEN),
        (GarmentWords("Atelier", "Pencil skirt"), Line.WOMEN),
        (GarmentWords("Kids' dresses"), Line.CHILDREN),
        (GarmentWords("Dresses", line="children"), Line.CHILDREN),
        (GarmentWords("Skirts", line="unisex"), None),
        (GarmentWords("Dress shirts"), None),
        (GarmentWords("Shirts", "Dress"), None),
        (GarmentWords("Shirts & Blouses"), None),
        (GarmentWords("Suits"), None),
        (GarmentWords("Robe de chambre"), None),
        (GarmentWords(line="Children Accessories, Swimwear"), Line.CHILDREN),
        (GarmentWords(line="Baby/Children"), Line.CHILDREN),
        (GarmentWords("shirts", line="all"), None),
        (GarmentWords("Men's shirts", line="unisex"), None),
        (GarmentWords(line="men and women"), None),
        (GarmentWords(line="レディース"), Line.WOMEN),
        (GarmentWords(line="男装"), Line.MEN),
        (GarmentWords(line="Divided"), None),
    ],
)
def test_for_whom_a_garment_is_made(words: GarmentWords, line: Line | None) -> None:
    assert READER.kind(words).line is line


EXCLUDED = [
    ("dresses", "skirts"), ("dresses", "trousers"), ("skirts", "trousers"), ("trousers", "shorts"),
    ("dresses", "jumpsuits"), ("boots", "sandals"), ("coats", "parkas"), ("gloves", "Linen shorts"),
    ("Men's shirts", "women's trousers"), ("Kids' shirts", "men's trousers"), ("pyjamas", "coats"),
    ("bikinis", "coats"), ("bikini top", "swimsuits"), ("bikini tops", "swimwear top"),
    ("pyjama bottom", "pyjamas"),
    ("bathrobes", "dresses"), ("swimsuits", "socks"), ("men's shirts", "skirts"), ("suits", "trousers"),
    ("cashmere scarf", "sandals"),
]  # fmt: skip
TOGETHER = [
    ("dresses", "shoes"), ("trousers", "shirts"), ("shirts", "knitwear"), ("coats", "knitwear"),
    ("coats", "blazers"), ("bags", "belts"), ("gloves", "coats"), ("gloves", "scarves"),
    ("dresses", "cardigans"), ("dresses", "coats"), ("shorts", "sandals"), ("socks", "shoes"),
    ("gloves", "trousers"), ("Men's shirts", "men's trousers"), ("men's shirts", "belts"),
    ("Unknown", "dresses"), ("bikini top", "Swimwear bottom"), ("Bikinioberteile", "Bikinihosen"),
    ("swimsuit", "sarong"),
    ("pyjama top", "pyjama bottom"), ("nightgown", "bathrobe"), ("swimsuit", "bathrobe"), ("suits", "shirts"),
]  # fmt: skip


def kind(name: str) -> OutfitKind:
    return READER.kind(GarmentWords(name))


@pytest.mark.parametrize(("one", "other"), EXCLUDED)
def test_what_does_not_complete_each_other(one: str, other: str) -> None:
    assert excludes(kind(one), kind(other))
    assert excludes(kind(other), kind(one))


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_what_may_complete_each_other(one: str, other: str) -> None:
    assert not excludes(kind(one), kind(other))
    assert not excludes(kind(other), kind(one))


def test_a_stated_category_replaces_the_words() -> None:
    reader = OutfitReader(
        {"Culottes XL": OutfitKind(Slot.BOTTOM), "Gilet": OutfitKind(Slot.OUTER, Season.COLD)}
    )
    assert reader.kind(GarmentWords("GILET")) == OutfitKind(Slot.OUTER, Season.COLD)
    assert reader.kind(GarmentWords("culottes xl", "Dress-like")).slot is Slot.BOTTOM
    none = OutfitReader({"Skirts": OutfitKind()})
    assert none.kind(GarmentWords("skirts")).slot is None


def test_kinds_are_stored_as_text() -> None:
    for slot, season, line in product((None, *Slot), (None, *Season), (None, *Line)):
        one = OutfitKind(slot, season, line)
        assert parse_kind(kind_text(one)) == one
    assert parse_kind("hat of a later version/x") == OutfitKind()


@given(st.text(), st.text(), st.text(max_size=400))
def test_any_text_is_read(category: str, name: str, line: str) -> None:
    words = GarmentWords(category, name, line=line)
    assert READER.kind(words) == OutfitReader().kind(words)
