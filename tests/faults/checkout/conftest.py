"""The shop of the programs, made once for each file of tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.checkout.template import Template


@pytest.fixture(scope="module")
def template() -> Iterator[Template]:
    made = Template()
    yield made
    made.close()
