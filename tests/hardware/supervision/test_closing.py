"""Several readers are closed in the time of one."""

from __future__ import annotations

import threading

from hardware.supervision.closing import close_all


class Together:
    """A reader whose end waits until the others are closing as well, as readers that do not answer do."""

    def __init__(self, barrier: threading.Barrier) -> None:
        self.barrier = barrier
        self.closed = False

    def close(self) -> None:
        self.barrier.wait(30)
        self.closed = True


def test_no_reader_waits_for_the_end_of_another() -> None:
    barrier = threading.Barrier(8)
    readers = [Together(barrier) for _ in range(8)]
    close_all(readers)
    assert all(reader.closed for reader in readers)
    close_all([])
