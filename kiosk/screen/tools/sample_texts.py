"""Names, prices, descriptions and pictures of the invented pieces in the sample scenes."""

from __future__ import annotations

NAMES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("Double-breasted coat", "Camel", "€1,290"), ("Poplin shirt", "White", "€180"),
        ("Wide pleated trousers", "Navy", "€320"), ("Cashmere crew neck", "Oatmeal", "€390"),
        ("Satin slip skirt", "Champagne", "€260"), ("Chelsea boots", "Black", "€490"),
        ("Silk square", "Rust", "€140"), ("Tote bag", "Cognac", "€680"),
        ("Wool blazer", "Charcoal", "€640"), ("Knitted dress", "Forest", "€420"),
        ("Leather belt", "Black", "€120"), ("Ribbed beanie", "Ecru", "€80"),
    ),
    "de": (
        ("Zweireihiger Mantel", "Kamel", "1.290\u00a0€"), ("Popelinhemd", "Weiß", "180\u00a0€"),
        ("Weite Bundfaltenhose", "Marineblau", "320\u00a0€"), ("Kaschmirpullover", "Hafer", "390\u00a0€"),
        ("Bretonischer Strickpullover", "Champagner", "260\u00a0€"), ("Chelseaboots", "Schwarz", "490\u00a0€"),
        ("Seidentuch", "Rost", "140\u00a0€"), ("Strickjacke mit Schalkragen", "Cognac", "680\u00a0€"),
        ("Wollblazer", "Anthrazit", "640\u00a0€"), ("Kleid mit weitem Rock", "Tannengrün", "420\u00a0€"),
        ("Ledergürtel", "Schwarz", "120\u00a0€"), ("Rippenmütze", "Ecru", "80\u00a0€"),
    ),
    "ar": (
        ("معطف بصفّين من الأزرار", "جملي", "1,290\u00a0€"), ("قميص بوبلين", "أبيض", "180\u00a0€"),
        ("بنطال واسع بكسرات", "كحلي", "320\u00a0€"), ("كنزة كشمير", "شوفاني", "390\u00a0€"),
        ("تنورة ساتان", "شمبانيا", "260\u00a0€"), ("حذاء تشيلسي", "أسود", "490\u00a0€"),
        ("وشاح حريري", "صدئي", "140\u00a0€"), ("حقيبة يد كبيرة", "كونياك", "680\u00a0€"),
        ("سترة صوف", "فحمي", "640\u00a0€"), ("فستان محبوك", "أخضر غابي", "420\u00a0€"),
        ("حزام جلدي", "أسود", "120\u00a0€"), ("قبعة مضلّعة", "عاجي", "80\u00a0€"),
    ),
}  # fmt: skip
_JAPANESE = (
    "ダブルブレストコート", "シャツ", "ワイドパンツ", "カシミヤニット", "スカート", "チェルシーブーツ",
    "シルクスカーフ", "トートバッグ", "ウールブレザー", "ニットワンピース", "ベルト", "ビーニー",
)  # fmt: skip
NAMES["ja"] = tuple((name, c, p) for name, (_, c, p) in zip(_JAPANESE, NAMES["en"], strict=True))
STORY = {
    "en": "Cut a little longer than usual and washed twice, so that it is soft from the first day.",
    "de": "Etwas länger geschnitten als üblich und zweimal gewaschen, damit er vom ersten Tag an weich ist.",
    "ar": "قصّة أطول قليلًا من المعتاد، وغُسل مرتين ليكون ناعمًا من اليوم الأول.",
}
MATERIAL = {
    "en": "Two-ply cotton poplin",
    "de": "Zweifädige Baumwollpopeline",
    "ar": "بوبلين قطني مزدوج الخيط",
}
ORIGIN = {
    "en": "Woven and sewn in Portugal",
    "de": "In Portugal gewebt und genäht",
    "ar": "نُسج وخيط في البرتغال",
}
CARE = {
    "en": "Wash at 30 °C, iron while damp",
    "de": "Bei 30 °C waschen, feucht bügeln",
    "ar": "يُغسل على 30 درجة ويُكوى وهو رطب",
}
BEFORE = {"en": "€240", "de": "240\u00a0€", "ar": "240\u00a0€"}
SIZES = ("46", "M", "48", "S", "38", "41", "", "", "50", "M", "85", "")
HEXES = ("#b98d5e", "#eeece6", "#262f45", "#d8ccb6", "#dcc7a0", "#1d1b1a", "#9c4a2c", "#8b5330", "#3b3c40", "#2f4a3a",
         "#1c1a19", "#e6dfd0")  # fmt: skip
SHAPES = (
    "coat",
    "shirt",
    "trousers",
    "knit",
    "skirt",
    "boots",
    "square",
    "bag",
    "blazer",
    "dress",
    "belt",
    "beanie",
)


def texts_of(language: str, n: int) -> tuple[str, str, str]:
    return NAMES.get(language, NAMES["en"])[n % 12]


def price_of(n: int) -> int:
    """The price of a piece in cents."""
    return 100 * int(NAMES["en"][n % 12][2].removeprefix("€").replace(",", ""))


def picture_path(n: int) -> str:
    return f"gallery/{SHAPES[n % 12]}/{HEXES[n % 12][1:]}.png"
