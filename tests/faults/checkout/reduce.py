"""Makes a failing program short: leaves out steps as long as what remains still fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def reduced(steps: Sequence[str], fails: Callable[[Sequence[str]], bool], tries: int = 200) -> list[str]:
    """A short part of the steps that still fails, after at most so many tries."""
    kept, size = list(steps), max(1, len(steps) // 2)
    while tries > 0:
        before = len(kept)
        start = 0
        while start < len(kept) and tries > 0:
            shorter = kept[:start] + kept[start + size :]
            tries -= 1
            if shorter and fails(shorter):
                kept = shorter
            else:
                start += size
        if size == 1 and len(kept) == before:
            break
        size = max(1, size // 2)
    return kept
