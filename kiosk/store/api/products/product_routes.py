"""Route for associates: products by name, tag or label, with the stock of every size."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from kiosk.core.domain.garment import Colourway, Garment
from kiosk.core.domain.money import Money
from kiosk.core.domain.texts import LocalizedText
from kiosk.store.api.auth import AssociateAuth
from kiosk.store.api.body_limit import LimitedRoute
from kiosk.store.api.wire_types import JsonObject, Wire
from kiosk.store.lookup.product_search import ProductSearch

_Question = Annotated[
    str,
    Query(
        min_length=1,
        max_length=512,
        description="Words of a name, colour or category in any language of the feed; a style's id; the EPC of a tag;"
        " a label (GTIN, GS1 Digital Link); the shop's own code.",
    ),
]


class ProductAnswer(JsonObject):
    """A style with its colours; each has its sizes with the stock here and in other shops."""

    style_id: str
    name: Wire[LocalizedText]
    category: str
    price: Wire[Money]
    colours: Wire[tuple[Colourway, ...]]

    @classmethod
    def of(cls, garment: Garment) -> "ProductAnswer":
        """The wire form."""
        return cls(
            style_id=garment.style_id, name=garment.name, category=garment.category, price=garment.price,
            colours=garment.colours,
        )  # fmt: skip


class ProductsAnswer(JsonObject):
    """At most 20 products, by name; those that begin with the words first."""

    products: tuple[ProductAnswer, ...]
    more: bool
    """There are others: more words find fewer."""
    article: str
    """The article that a tag, label or code names; else empty."""
    sold: bool
    """The piece that a tag or label names was sold."""


def product_router(search: ProductSearch, auth: AssociateAuth) -> APIRouter:
    """The route of the look-up."""
    router = APIRouter(prefix="/api/v1", tags=["associates"], route_class=LimitedRoute)

    @router.get("/products", summary="Look products up", dependencies=[Depends(auth)])
    def products(q: _Question) -> ProductsAnswer:
        """Nothing found is an empty answer."""
        found = search.find(q)
        return ProductsAnswer(
            products=tuple(ProductAnswer.of(product) for product in found.products),
            more=found.more, article=found.article, sold=found.sold,
        )  # fmt: skip

    return router
