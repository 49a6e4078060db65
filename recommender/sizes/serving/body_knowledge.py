"""Levels of knowledge about a shopper's body: nothing, height and weight as stated, or measured values."""

from dataclasses import replace
from typing import Any

import numpy as np

from recommender.arrays import Doubles, Longs
from recommender.sizes.serving.vocabulary import EncodedTrials

BODY_LEVELS = ("nothing", "height and weight", "body")
KNOWLEDGE_STATES = (*BODY_LEVELS, *(f"{body} and past" for body in BODY_LEVELS))
"""The states of knowledge: each body level, without and with past answers of the same shopper."""
NOTHING, REPORTED, MEASURED = range(3)
_REPORTED_COLUMNS = 2
"""The first columns of a body are height and weight; the others are measured or described."""


def body_level(body: Doubles, shape: Longs) -> Longs:
    """The level of knowledge in each row, an index into `BODY_LEVELS`."""
    reported = (~np.isnan(body[:, :_REPORTED_COLUMNS])).any(axis=1)
    measured = (~np.isnan(body[:, _REPORTED_COLUMNS:])).any(axis=1) | (shape >= 0)
    found: Longs = np.where(measured, MEASURED, reported.astype(np.int64))
    return found


def mask_body(known: int, body: Doubles, shape: Longs) -> tuple[Doubles, Longs]:
    """Bodies with values above the level `known` set to unknown."""
    if known == MEASURED:
        return body, shape
    kept: Any = body.copy()
    kept[:, _REPORTED_COLUMNS if known == REPORTED else 0 :] = np.nan
    return kept, np.full_like(shape, -1)


def as_known(coded: EncodedTrials, known: int) -> EncodedTrials:
    """The same trials, reduced to one of `KNOWLEDGE_STATES`."""
    past, level = divmod(known, len(BODY_LEVELS))
    seen = mask_bodies(coded, level)
    return seen if past else replace(seen, user=np.full_like(coded.user, -1))


def mask_bodies(coded: EncodedTrials, known: int) -> EncodedTrials:
    """The same trials with bodies reduced to the level `known`."""
    body, shape = mask_body(known, coded.body, coded.shape)
    return replace(coded, body=body, shape=shape)
