"""Levels of knowledge about a body, and masking to a level."""

import numpy as np

from recommender.sizes.serving.body_knowledge import (
    KNOWLEDGE_STATES,
    MEASURED,
    NOTHING,
    REPORTED,
    as_known,
    body_level,
    mask_body,
)
from recommender.sizes.serving.fit_table import BODY, FIT
from recommender.sizes.serving.vocabulary import Vocabulary
from tests.recommender.fit_answers import answers

NAN = np.nan
BODIES = np.array(
    [[NAN] * 5, [140, NAN, NAN, NAN, NAN], [NAN, 65, NAN, NAN, NAN], [140, 65, 30, NAN, NAN], [NAN] * 5]
)
SHAPES = np.array([-1, -1, -1, -1, 2])


def test_levels_follow_from_the_given_measurements() -> None:
    assert body_level(BODIES, SHAPES).tolist() == [NOTHING, REPORTED, REPORTED, MEASURED, MEASURED]


def test_masking_leaves_no_more_than_the_level() -> None:
    for level in (NOTHING, REPORTED, MEASURED):
        body, shape = mask_body(level, BODIES, SHAPES)
        assert (
            body_level(body, shape) == np.minimum(body_level(BODIES, SHAPES), level)
        ).all() or level == REPORTED
        assert body_level(body, shape).max() <= level
    assert mask_body(REPORTED, BODIES, SHAPES)[0][3, :2].tolist() == [140, 65]
    assert not np.isnan(BODIES[3, 2]), "the original is not changed"


def test_a_state_of_knowledge_masks_body_and_shopper() -> None:
    fits = answers([("u", "a", "M", FIT)], [65.0])
    coded = Vocabulary.of(fits).code(fits)
    for state, name in enumerate(KNOWLEDGE_STATES):
        seen = as_known(coded, state)
        assert bool(seen.user[0] >= 0) is name.endswith("past")
        assert np.isnan(seen.body[0, BODY.index("height_in")]) == name.startswith("nothing")
