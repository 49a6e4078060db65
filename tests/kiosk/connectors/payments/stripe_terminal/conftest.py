"""A driver and its double for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kiosk.connectors.payments.stripe_terminal.bench import HASTY, WAITS, Bench, bench_in


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """With short waits where a reply of the test comes late."""
    call = getattr(request.node, "callspec", None)
    late = call is not None and "late" in call.params.values()
    with bench_in(tmp_path, HASTY if late else WAITS) as found:
        yield found
