"""Lanes: the small integers by which marks and words that share a place are set apart."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import count, repeat


def lanes(
    starts: Iterable[float], ends: Iterable[float], gap: float = 0, high: Iterable[int] = repeat(1)
) -> list[int]:
    """Return a lane for each interval, in the order given: the lowest in which it touches no other.

    `starts` and `ends` are where each begins and ends along the axis, in px; two in one lane are at
    least `gap` px apart. `high` is how many lanes, one under the other, each takes.
    """
    taken: dict[int, list[tuple[float, float]]] = defaultdict(list)
    chosen = []
    for start, end, lines in zip(starts, ends, high, strict=False):
        free = (
            n
            for n in count()
            if all(_fits(start - gap, end + gap, taken[n + i]) for i in range(lines))
        )
        chosen.append(next(free))
        for i in range(lines):
            taken[chosen[-1] + i].append((start, end))
    return chosen


def _fits(start: float, end: float, lane: list[tuple[float, float]]) -> bool:
    return all(end <= first or last <= start for first, last in lane)
