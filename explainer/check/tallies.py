"""Tallies: the rows that the numbers of an article call for: troops, tolls, durations."""

import re
from collections import defaultdict
from datetime import date

from explainer.check.matching import Codes, carried, hedges, supported, tie, uncounted
from explainer.check.numerals import Number, numbers
from explainer.check.reporting import (
    FORCE,
    HURT,
    LASTING,
    PAST,
    PLACE,
    PRESENT,
    TROOPS,
    WORD,
    Span,
    clause_at,
    counted_on,
    dated,
    listed_after,
    placed,
    shortest,
    window,
)
from explainer.check.rules.codes import hit
from explainer.check.rules.numbers import SEVERAL, apart, counting, place_after
from explainer.check.rules.wordings import PROSE
from explainer.check.speakers import Cells
from explainer.data import dates
from explainer.data.dataset import OPEN, Dataset
from explainer.data.evidence import JOINT, words

_WERE_HURT = re.compile(r" (?:[\w.]+ ){1,4}were (killed|injured|wounded)\b")
_AGAIN = re.compile(r"(?:The|This|That) (?:\w+ ){0,2}?(strike|attack|raid)s?\b")
_BY_GROUPS = re.compile(
    r"\bby (?:[\w-]+ ){0,3}(?:militias?|militants?|factions|armed groups?|fighters)\b"
)
_SINCE = re.compile(
    r"\b(?:since|after|following|before|until)\b(?! (?:the |mid-|early |late |\w+ of )*$)"
)
_BASED = re.compile(
    r"\b(?:are|is|remain\w*) (?:currently )?(?:stationed|deployed|based) (?:in|across) [A-Z]\w+"
)
_HURT_OF = re.compile(r"\b(?:the )?(?:killings?|deaths?|wounding|injur\w+) of (?:at least )?$")
_FROM = re.compile(r"\b(?:[Ff]rom|[Ss]ince) (?:mid-|early |late )?$")  # a series begins then
_OTHERS = re.compile(  # troops, counted after others: 'About 900 others are stationed in Syria'
    r" (?:others?|more) (?:are|remain) (?:\w+ )?(?:stationed|deployed|based) "
    r"(?:[\w.]+ ){0,4}?in (?:[a-z]+ )?[A-Z]\w+"
)
_DONE = re.compile(r"(?<!-)\b(?!(?:united|allied|armed)\b)[a-z]+ed\b|\b(?:will|would)\b", re.I)
_MORE = re.compile(r"(?:\band|,|\bplus|\balong with|\bas well as)(?: another| a further| some)? $")
_IN = re.compile(r" (?:\w+ )?in (?:[a-z]+ )?[A-Z]\w+")
_TIMES = re.compile(r" (?:of )?times\b")
_NO_NOUN = re.compile(  # what ends that which 'several' counts
    r"[,;:]|(?<![A-Z])\. |\b(?:years|months|weeks|days|hours|decades|was|were|is|are|have|has|had|"
    r"in|at|on|near|against|from|that|which|who|by|after|and those|[a-z]+ed)\b"
)


class Tallies:
    """The rows of one article, those of its numbers by the words that they are tied to."""

    def __init__(self, data: Dataset, source_id: str, published: date):
        self.data, self.id, self.published = data, source_id, published
        self.rows: dict[str, list[Cells]] = defaultdict(list)
        self.events = {row["event_id"]: dict(row) for row in data.live("events")}
        self.sentence, self.here = "", list[str]()  # with the events that it dates

    def _add(self, table: str, **cells: str) -> None:
        """Add a row, unless the data or the draft has its words for the same thing already."""
        known = {"id": OPEN, "source_id": self.id}
        row = {c["name"]: known.get(c["name"], "") for c in self.data.columns(table)} | cells
        own = ("event_id",) if table == "mentions" else ()
        alike = [
            c for c in (*own, "evidence", "text", "measure", "count", "value", "form") if row.get(c)
        ]
        held = [*self.data.live(table), *self.rows[table]] * (table not in ("people", "events"))
        ours = (other for other in held if other["source_id"] == self.id)
        if not any(all(other[c] == row[c] for c in alike) for other in ours):
            self.rows[table].append(row)

    def _place(self, run: str, table: str, column: str) -> str:
        return placed(run, self.sentence, self.data.codes(table, column)) or OPEN

    def _counted(self, sentence: str, number: Number) -> None:
        """Propose a row for a number: troops, a toll or a duration, by what its words tie it to."""
        spans, run = [m.span() for m in WORD.finditer(sentence)], words(sentence)
        at = spans[number.first][0]
        if number.first in uncounted(sentence, counting(self.data)):
            return
        if len(spans) != len(run) or any(a <= at < a + len(w) for w, a in dates.find(sentence)):
            return
        if run[number.last] in ("one", "two", "three") and re.match(
            r" (?:in|that|who|day|of (?:them|these|those|the|which|whom|an?))\b",
            sentence[spans[number.last][1] :],
        ):
            return  # 'another one in Baghdad', 'one of them'
        span = spans[max(number.first - 2, 0)][0], spans[number.last][1]
        if not hedges(number.first, run, self.data.codes("troops", "qualifier")):
            span = at, span[1]
        noun = re.match(
            r" (?:(?:US|U\.S\.|American|Iraqi|Iranian|Syrian) )?"
            r"(?!(?:in|of|on|at|to|and|or|were|was|is|are|by|from)\b)[\w-]+",
            sentence[span[1] :],
        )
        span = span[0], span[1] + (noun.end() if noun else 0)
        follow = sentence[spans[number.last][1] : spans[min(number.last + 4, len(spans) - 1)][1]]
        clause = clause_at(sentence, at)
        if unit := re.match(r"[ -](months?|years?)\b", follow):
            here = shortest(sentence, span, clause, LASTING)
            quantity = _one(supported(here, self.data.codes("quantities", "quantity")))
            return self._quantity(here, quantity, number, run, unit[1].rstrip("s") + "s")
        if re.match(r" (?:\w+ )?(?:members|lawmakers|MPs|deputies|people)\b", follow) and (
            "sign" in sentence[slice(*clause)]
        ):
            here = shortest(sentence, span, clause, re.compile(r"\bsign\w*"))
            return self._quantity(here, "signatories", number, run, "people")
        measures = self.data.codes("attacks", "measure")
        here = self._hurt(sentence, number, span, clause)
        within = [n for n in numbers(words(here)) if n.value == number.value]
        measure = tie(within[0], here, measures, far=True) if within else None
        counted = re.match(
            r"(?: [\w-]+)?(?: [\w-]+)? (?:times|attacks|strikes|airstrikes|raids)\b", follow
        )
        if (measure and measure not in ("attacks", "strikes")) or (measure and counted):
            qualifier = self._qualifier(number.first, run, "attacks")
            self._toll(here, measure, str(number.value), qualifier)
            return
        others = _OTHERS.match(sentence, spans[number.last][1]) if self.rows["troops"] else None
        going_on = listed_after(sentence[:at], follow)
        if number.value > 9 and (TROOPS.search(follow) or others or going_on):
            self._of_troops(sentence, number, span, others, going_on)

    def _of_troops(
        self,
        sentence: str,
        number: Number,
        span: Span,
        listed: re.Match[str] | None,
        going_on: bool,
    ) -> None:
        """Propose a row for troops, of the place named after their number."""
        spans, run = [m.span() for m in WORD.finditer(sentence)], words(sentence)
        codes, places = (self.data.codes("troops", c) for c in ("qualifier", "place"))
        clause, end = clause_at(sentence, span[0]), spans[number.last][1]
        more = TROOPS.search(sentence, 0, span[0]) and _MORE.search(sentence[: span[0]])
        hedged = _hedged(number, run, codes) if going_on or more else number.first
        begun = span[0] if hedged == number.first else spans[max(hedged - 2, 0)][0]
        listed = listed or _IN.match(sentence, end)
        listed = listed or place_after(sentence, end, max(clause[1], end), places)
        near = begun, listed.end() if listed else span[1]
        far = len(words(sentence[slice(*near)])) > PROSE  # from the hedge that a list shares
        near = (span[0], near[1]) if far else near
        place = [PLACE] * (not listed)
        here = shortest(sentence, near, clause, TROOPS, FORCE, *place, *dated(sentence))
        if (
            not listed
            and (based := _BASED.search(sentence, span[1]))
            and self._place(here, "troops", "place") == OPEN
        ):
            listed = based  # 'About 2,500 troops, as well as others, are stationed in Iraq'
            here = f"{shortest(sentence, near, clause, TROOPS)}{JOINT}{based[0]}"
        own = supported(listed[0], places) if listed else set()
        where = _one(own) if own else self._place(here, "troops", "place")
        there = (n for n in numbers(words(here)) if n.value == number.value)
        if not listed and any(apart(here, n, places) for n in there):
            where = OPEN  # 'those in Iraq support the 900'
        qualifier = OPEN if far else self._qualifier(hedged, run, "troops")
        self._troops(sentence, here, where, number.value, qualifier)

    def _hurt(self, sentence: str, number: Number, span: Span, clause: Span) -> str:
        """Return the words of a number of attacks or people with what was done to them."""
        if of := _HURT_OF.search(sentence, 0, span[0]):  # 'the killing of three men in an attack'
            return window(sentence, (of.start(), span[1]))
        measures = self.data.codes("attacks", "measure")
        own = carried(measures, tie(number, sentence, measures, far=True) or "")
        hurt = re.compile(_any_of(own), re.I) if own else HURT
        return shortest(sentence, span, clause, hurt, *counted_on(sentence), PLACE)

    def _quantity(
        self, here: str, quantity: str, number: Number, run: tuple[str, ...], unit: str
    ) -> None:
        self._add(
            "quantities",
            event_id=_one({*self.here}),
            quantity=quantity,
            value=str(number.value),
            unit=unit,
            qualifier=self._qualifier(number.first, run, "quantities"),
            evidence=here,
        )

    def _qualifier(self, place: int, run: tuple[str, ...], table: str) -> str:
        codes = [c for c in self.data.codes(table, "qualifier") if c["code"] != SEVERAL]
        found = hedges(place, run, codes)
        return found.pop() if len(found) == 1 else OPEN if found else "exact"

    def _troops(self, sentence: str, here: str, place: str, count: int, qualifier: str) -> None:
        at = next((n for n in numbers(words(here)) if n.value == count), None)
        near = words(here)[max(at.first - 3, 0) : at.last + 5] if at else words(here)
        force = supported(" ".join(near), self.data.codes("troops", "force"))
        force = force or supported(here, self.data.codes("troops", "force")) - {"coalition_forces"}
        held = dates.find(here)
        meant = dates.resolve(held[0][0], self.published) if held else None
        then = PAST.search(here) or (not PRESENT.search(here) and PAST.search(sentence))
        clause = sentence[slice(*clause_at(sentence, max(sentence.find(here), 0)))]
        told = (dates.resolve(written, self.published) for written, _ in dates.find(clause))
        dated = any(not m or m.start >= str(self.published.year) for m in told)
        present = PRESENT.search(sentence) or not _DONE.search(sentence)
        now = present and not then and not dated
        day = self.published.isoformat()
        of = {"force": _one(force), "place": place}
        of["as_of"] = meant.start if meant else day if now else OPEN
        second = any(all(row[c] == of[c] for c in of) for row in self.rows["troops"])
        self._add(
            "troops",
            **of,
            count=str(count),
            qualifier=qualifier,
            as_of_basis="as_written" if meant else "published" if now else OPEN,
            date_as_written=held[0][0] if meant else "",
            evidence=here,
            note=OPEN if second else "",  # why twice, or the row goes
        )

    def _toll(self, here: str, measure: str, value: str, qualifier: str) -> None:
        told = ((r["measure"], r["value"]) for r in self.rows["attacks"])
        if value and (measure, value) in told:
            return  # said again: what it is set aside for
        event = self.events[self.here[0]] if len(self.here) == 1 else {}
        if not self.here:  # 'The strike killed two': that of which it is told before
            event = self._told_before()
        if event and measure in ("attacks", "strikes") and self._bounds(event["event_id"], here):
            event = {}  # 'attacked many times since the war began on Oct. 7'
        self._add(
            "attacks",
            event_id=event.get("event_id", OPEN),
            measure=measure,
            value=value,
            qualifier=qualifier,
            by_side=event.get("actor_side", "armed_group" if _BY_GROUPS.search(here) else OPEN),
            target=hit(measure, here) or OPEN,
            scope=self._place(here, "attacks", "scope"),
            evidence=here,
        )

    def _told_before(self) -> Cells:
        """Return the attack or strike that a sentence goes on with: 'The strike killed two'."""
        again = _AGAIN.match(self.sentence)
        told = (self.events[m["event_id"]] for m in reversed(self.rows["mentions"]))
        kinds = ("attack", "strike", OPEN)
        same = (e for e in told if again and again[1] in e["event_id"] and e["kind"] in kinds)
        return next(same, {})

    def _bounds(self, event: str, here: str) -> bool:
        """Tell whether an event is that since which, or before which, a series is told."""
        at, end = self.sentence.find(here), self.sentence.find(here) + len(here)
        dates_of = {m["date_as_written"] for m in self.rows["mentions"] if m["event_id"] == event}
        found = [(a, a + len(w)) for w, a in dates.find(self.sentence) if w in dates_of]
        spots = [(a, z) for a, z in found if not _FROM.search(self.sentence[:a])]
        between = (self.sentence[end:a] if a >= end else self.sentence[z:at] for a, z in spots)
        return at >= 0 and any(_SINCE.search(text) for text in between)

    def _several(self, sentence: str) -> None:
        """Propose a row for attacks or strikes that the article counts in words: 'dozens of'."""
        codes = self.data.codes("attacks", "qualifier")
        for m in re.finditer(_any_of(carried(codes, SEVERAL)), sentence, re.I):
            clause = clause_at(sentence, m.start())
            here = shortest(sentence, m.span(), clause, HURT, PLACE, _BY_GROUPS)
            after = sentence[m.end() : m.end() + 50]
            counted = _NO_NOUN.split(after)[0]  # 'several rockets were fired' counts rockets
            near = supported(counted, self.data.codes("attacks", "measure"))
            if hurt := _WERE_HURT.match(after):  # 'several US personnel were injured'
                near = supported(hurt[1], self.data.codes("attacks", "measure"))
            if _TIMES.match(after):  # 'have targeted the bases dozens of times'
                measures = self.data.codes("attacks", "measure")
                own = re.compile(_any_of(carried(measures, "attacks")))
                here = shortest(sentence, (m.start(), m.end() + len(" times")), clause, own)
                near = supported(sentence[slice(*clause)], measures) & {"attacks"}
            if (near & {"attacks", "strikes"} or hurt) and SEVERAL in supported(here, codes):
                self._toll(here, _one(near), "", SEVERAL)


def _any_of(phrases: list[str]) -> str:
    """Return a pattern of phrases, the longer ones first."""
    return rf"\b(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})\b"


def _hedged(number: Number, run: tuple[str, ...], codes: Codes) -> int:
    """Return where the number stands whose hedge a listed one shares: 'about 2,500 in Iraq and 900
    in Syria'. With none of its own it is that of the number before.
    """
    before = [n.first for n in numbers(run) if n.last < number.first]
    shared = before and not hedges(number.first, run, codes)
    return before[-1] if shared and hedges(before[-1], run, codes) else number.first


def _one(found: set[str]) -> str:
    """Return what was found, if that is one thing."""
    return next(iter(found)) if len(found) == 1 else OPEN
