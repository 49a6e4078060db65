"""Sizes of other size systems: converted by the tables, or not assumed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.domain.ids import ShopperId
from kiosk.core.domain.shopper import CategorySize
from kiosk.demo.invented_shop.sizes import SIZES
from kiosk.store.advice.size_tables import SizeTables
from kiosk.store.advice.wanted_sizes import WantedSize, WantedSizes, WornSize
from kiosk.store.customers.customers import Customer

TABLES = SizeTables.shipped()
WOMEN, MEN, ALPHA, SHOES = SIZES["eu-women"], SIZES["eu-men"], SIZES["alpha"], SIZES["eu-shoes"]
DRESS, SHOE = WornSize("eu-women", "dresses", "38"), WornSize("eu-shoes", "shoes", "38")
JEANS = ("W30/L32", "W31/L32", "W32/L32", "W32/L34", "W33/L32")
BRAS = ("70B", "75A", "75B", "75C", "80B")
KIDS = ("104", "110", "116", "122")


def brought(
    worn: WornSize | None,
    system: str,
    run: tuple[str, ...],
    stock: tuple[str, ...] | None = None,
    category: str = "knitwear",
    customer: Customer | None = None,
) -> str:
    """The size that is brought, "?" if none is known, "-" if the known ones are not in stock."""
    wanted = WantedSizes(TABLES, [worn] if worn else [], customer).of(category, (system, run))
    return next(
        (one.size for one in wanted if one.size in (stock or run) and not one.far), "-" if wanted else "?"
    )


@pytest.mark.parametrize(
    ("worn", "system", "run", "stock", "size"),
    [
        # a dress of 38 and knitwear in letters
        (DRESS, "alpha", ALPHA, ("S", "M", "L"), "S"),
        (DRESS, "alpha", ALPHA, ("M", "L"), "M"),
        (DRESS, "alpha", ALPHA, ("XS", "L"), "XS"),
        (DRESS, "alpha", ALPHA, ("L",), "-"),
        (DRESS, "alpha", ("XXL",), None, "?"),
        # of another country, of men, of shoes
        (DRESS, "us-women", ("6", "8", "10"), None, "8"),
        (DRESS, "fr-women", ("38", "40"), None, "40"),
        (DRESS, "eu-men", MEN, None, "?"),
        (DRESS, "eu-shoes", SHOES, None, "?"),
        (WornSize("eu-men", "shirts", "50"), "alpha", ALPHA, None, "M"),
        (WornSize("eu-men", "shirts", "50"), "eu-women", WOMEN, None, "?"),
        (SHOE, "eu-shoes", SHOES, None, "38"),
        (SHOE, "eu-shoes", SHOES, ("39", "42"), "39"),
        (SHOE, "eu-shoes", SHOES, ("40", "42"), "-"),
        (SHOE, "alpha", ALPHA, None, "?"),
        (SHOE, "eu-women", WOMEN, None, "?"),
        # a letter can be two numbers
        (WornSize("alpha", "knitwear", "M"), "eu-women", WOMEN, ("42", "46"), "42"),
        (WornSize("alpha", "knitwear", "M"), "eu-women", WOMEN, ("40", "42"), "40"),
        # the same system: the next size, never a far one
        (DRESS, "eu-women", WOMEN, ("40", "42"), "40"),
        (DRESS, "eu-women", WOMEN, ("36", "44"), "36"),
        (DRESS, "eu-women", WOMEN, ("34", "44"), "-"),
        # half sizes, double sizes
        (WornSize("eu-shoes", "shoes", "38.5"), "eu-shoes", ("38", "38.5", "39"), None, "38.5"),
        (WornSize("eu-shoes", "shoes", "38.5"), "eu-shoes", SHOES, None, "39"),
        (WornSize("eu-shoes", "shoes", "38,5"), "eu-shoes", SHOES, ("38",), "38"),
        (DRESS, "eu-women", ("36", "40", "44"), None, "40"),
        (WornSize("alpha", "shirts", "S"), "alpha", ("XS/S", "M/L"), None, "XS/S"),
        (WornSize("alpha", "shirts", "L"), "alpha", ("S-M", "L-XL"), None, "L-XL"),
        # two dimensions have no next size
        (WornSize("waist", "jeans", "W32/L32"), "waist", JEANS, None, "W32/L32"),
        (WornSize("waist", "jeans", "W32/L32"), "waist", JEANS, ("W31/L32", "W32/L34"), "-"),
        (WornSize("bras", "bras", "75B"), "bras", BRAS, None, "75B"),
        (WornSize("bras", "bras", "75B"), "bras", BRAS, ("75C", "80B"), "-"),
        (WornSize("bras", "bras", "75B"), "alpha", ALPHA, None, "?"),
        (WornSize("bras", "bras", "75B"), "eu-women", WOMEN, None, "?"),
        (WornSize("waist", "jeans", "W32/L32"), "eu-men", MEN, None, "?"),
        # children
        (WornSize("eu-kids", "dresses", "110"), "eu-kids", KIDS, ("116",), "116"),
        (WornSize("eu-kids", "dresses", "110"), "alpha", ALPHA, None, "?"),
        (DRESS, "eu-kids", KIDS, None, "?"),
        # one size is everybody's; a single shoe size is not
        (DRESS, "one-size", ("one",), None, "one"),
        (None, "", ("OS",), None, "OS"),
        (DRESS, "eu-shoes", ("41",), None, "?"),
        # the run lacks her size: the next one, but no far one
        (DRESS, "eu-women", ("34", "36", "42", "44"), None, "36"),
        (DRESS, "eu-women", ("34", "36", "40", "42"), None, "40"),
        (DRESS, "eu-women", ("44", "46", "48"), None, "-"),
        (WornSize("waist", "jeans", "28"), "waist", ("26", "27", "29"), None, "29"),
        (WornSize("alpha", "shirts", "M"), "alpha", ("XS", "S", "L"), None, "L"),
        (WornSize("alpha", "shirts", "S"), "alpha", ("XL", "XXL"), None, "-"),
        # other ways of writing
        (WornSize("alpha", "shirts", "2XL"), "alpha", ("XL", "XXL"), None, "XXL"),
        (WornSize("alpha", "shirts", "s"), "alpha", ("S", "M"), None, "S"),
        (WornSize("alpha", "shirts", "s"), "alpha", ("S/M", "L/XL"), None, "S/M"),
        (WornSize("eu-kids", "shirts", "128"), "eu-kids", ("122/128", "134/140"), None, "122/128"),
        (WornSize("waist", "jeans", "32"), "waist", ("28/32", "29/32", "31/32"), None, "31/32"),
        (None, "eu-women", WOMEN, None, "?"),
        # a system without a name counts within its category alone
        (WornSize("", "dresses", "38"), "", ("36", "38", "40"), None, "?"),
        (WornSize("", "knitwear", "38"), "", ("36", "38", "40"), None, "38"),
        (WornSize("", "knitwear", "38"), "eu-women", WOMEN, None, "?"),
    ],
)
def test_the_size_that_is_brought(
    worn: WornSize | None, system: str, run: tuple[str, ...], stock: tuple[str, ...] | None, size: str
) -> None:
    assert brought(worn, system, run, stock) == size


def test_a_next_size_is_told_apart_from_hers() -> None:
    wanted = WantedSizes(TABLES, [DRESS], None).of("knitwear", ("alpha", ALPHA))
    assert wanted == (WantedSize("S", True), WantedSize("M", False), WantedSize("XS", False))


def test_the_stored_size_comes_first_and_is_not_replaced() -> None:
    member = Customer(ShopperId("c"), "Ada", "en", (CategorySize("eu-women", "42"),), (), "")
    assert brought(DRESS, "eu-women", WOMEN, customer=member) == "42"
    assert brought(DRESS, "eu-women", WOMEN, ("38", "40"), customer=member) == "-"
    # converted: an M by the tables, so the next size may be tried
    assert brought(DRESS, "alpha", ALPHA, customer=member) == "M"
    assert brought(DRESS, "alpha", ALPHA, ("L",), customer=member) == "L"
    # nothing is stored about shoes, but she carries some
    assert brought(SHOE, "eu-shoes", SHOES, customer=member) == "38"


SYSTEMS = {
    **SIZES,
    "us-women": ("2", "4", "6", "8", "10"), "us-shoes": ("6", "6.5", "7"), "eu-kids": KIDS, "waist": JEANS,
    "bras": BRAS, "": ("36", "38", "40"),
}  # fmt: skip
STYLE = st.sampled_from(sorted(SYSTEMS)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(SYSTEMS[name]))
)


@given(
    worn=st.lists(STYLE, max_size=4), system=st.sampled_from(sorted(SYSTEMS)), category=st.sampled_from("ab")
)
def test_a_size_is_never_taken_from_an_unlike_system(
    worn: list[tuple[str, str]], system: str, category: str
) -> None:
    """Shoes know nothing of clothes, women's of men's, children's of adults'; sizes are of the run."""
    like = {
        "eu-women": {"eu-women", "us-women", "alpha"}, "us-women": {"eu-women", "us-women", "alpha"},
        "eu-men": {"eu-men", "alpha"}, "eu-shoes": {"eu-shoes", "us-shoes"}, "us-shoes": {"eu-shoes", "us-shoes"},
        "alpha": {"alpha", "eu-women", "us-women", "eu-men"},
    }  # fmt: skip
    pieces = [WornSize(name, "a", size) for name, size in worn]
    wanted = WantedSizes(TABLES, pieces, None).of(category, (system, SYSTEMS[system]))
    assert {one.size for one in wanted} <= set(SYSTEMS[system])
    assert len({one.size for one in wanted}) == len(wanted)
    if not {name for name, _ in worn} & like.get(system, {system}) and system != "one-size":
        assert wanted == ()
