"""Lanes: the small integers by which marks and words that share a place are set apart."""

from collections.abc import Iterable


def lanes(starts: Iterable[float], ends: Iterable[float], gap: float = 0) -> list[int]:
    """Return a lane for each interval, in the order given: the lowest in which it touches no other.

    `starts` and `ends` are where each begins and ends along the axis, in px; two in one lane are at
    least `gap` px apart.
    """
    taken: list[list[tuple[float, float]]] = []
    chosen = []
    for start, end in zip(starts, ends, strict=True):
        free = (n for n, lane in enumerate(taken) if _fits(start - gap, end + gap, lane))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((start, end))
        chosen.append(lane)
    return chosen


def _fits(start: float, end: float, lane: list[tuple[float, float]]) -> bool:
    return all(end <= first or last <= start for first, last in lane)
