"""Which articles a request asks for."""

from __future__ import annotations

from kiosk.core.domain.ids import ArticleId
from kiosk.core.domain.service_request import ServiceRequest


def articles_of(request: ServiceRequest) -> tuple[ArticleId, ...]:
    """What is to be brought: none, one, or two sizes of one garment."""
    second = request.second.article if request.second is not None else None
    return tuple(article for article in (request.article, second) if article is not None)
