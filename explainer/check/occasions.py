"""The events that an article's dates call for: what happened, and what was said on a day."""

import re
from collections.abc import Iterator
from datetime import timedelta

from explainer.check.matching import named
from explainer.check.reporting import (
    AHEAD,
    AT_ONCE,
    FORCE,
    HAPPENED,
    PLACE,
    QUOTATION,
    TITLE,
    US_STRUCK,
    WORD,
    Span,
    clause_at,
    shortest,
    stem,
    telling,
    window,
)
from explainer.check.rules.wordings import PROSE
from explainer.check.speakers import Speakers
from explainer.check.tallies import Tallies
from explainer.data import dates
from explainer.data.dataset import OPEN
from explainer.data.evidence import JOINT, W, words
from explainer.data.grammar import HEDGE, NEGATION, WISH

_THINGS = {  # what a date is of, by the first of these words in its clause
    **{thing: thing for thing in ("vote", "visit", "agreement", "raid", "war", "truce")},
    "strike": r"(?:air ?)?strikes?\b|bombed\b",
    "attack": r"attack|rockets?\b(?! strike)|missiles?\b(?! strike)|fired (?:at|on)\b",
    "talks": "talks|dialogue|negotiation|meeting",
    "withdrawal": "withdr[ae]w|left iraq|pulled out",
    "return": "return",
    "invasion": r"invasion|invade[ds]?\b",
}
_KINDS = {"talks": "talks", "vote": "political", "war": "war"}
_KINDS |= {"withdrawal": "military_change", "return": "military_change", "invasion": "war"}
_ON_FORCES = re.compile(
    r"\b(?:US|U\.S\.|American|US-led|coalition)\b.{0,25}\b(?:troops|soldiers|forces|bases?|personnel)\b"
)
_NAMED_BY = re.compile(  # what a date names: 'an April meeting'
    r" (?:meeting|talks|vote|visit|(?:air)?strike|attack|agreement|raid|invasion|war)\b"
)
_OF_A_TITLE = re.compile(r"(?<=the )\d{4} (?=[A-Z])")
_DATE = "\0"  # stands for the date in a sentence
_SPEECH = r"(interview|briefing|speech)"
_OCCASION = re.compile(rf"\b{_SPEECH}(?: on| late| early)* {_DATE}|{_DATE} {_SPEECH}\b")
_HALF_A_YEAR = timedelta(183)
UNDATED = "The article gives no day."


def _ends(sentence: str, span: Span) -> str:
    """Return the first and the last four words of a long span, all of a short one."""
    spans = [m.span() for m in WORD.finditer(sentence, *span)]
    if len(spans) < 3 * W:
        return window(sentence, span)
    first, last = window(sentence, spans[0]), sentence[spans[-W][0] : spans[-1][1]]
    gap = sentence[span[0] + len(first) : spans[-W][0]]
    lost = NEGATION.search(gap) or HEDGE.search(gap)
    return window(sentence, span) if lost else f"{first}{JOINT}{last}"


def _wished(sentence: str, run: str) -> str:
    """Return a run with the words by which it is only wanted: 'Iraq wants the mission … end it'."""
    wish = WISH.search(sentence, 0, max(sentence.find(run), 0))
    if not wish or WISH.search(run):
        return run
    spans = [m.span() for m in WORD.finditer(sentence)]
    first = max(sum(b <= wish.start() for _, b in spans) - 1, 0)
    return f"{sentence[spans[first][0] : spans[first + W - 1][1]]}{JOINT}{run}"


class Occasions(Tallies):
    """The rows of one article, those of its dates among them."""

    speakers: Speakers
    said: dict[str, str]  # the event at which each spoke

    def _occasion(
        self,
        person: str,
        when: tuple[str, str, str],
        sentence: str,
        verb: re.Match[str] | None,
        where: Span | None,
    ) -> str:
        """Return the event at which something was said, and propose it where it is new."""
        precision, start, written = when
        if precision == "undated":
            return ""
        if not where or not verb:
            return self.said.get(person, "")
        known_by = "" if person == OPEN else person
        bodies = {p["person_id"]: p["institution"] for p in self.speakers.people}
        same = {p for p, body in bodies.items() if body != OPEN and body == bodies.get(person)}
        held = {r["event_id"] for r in self.data.live("statements") if r["person_id"] in same}
        held |= {self.said.get(speaker, "") for speaker in {known_by, *same}}
        spoken = (key for key, e in self.events.items() if e["kind"] == "announcement")
        dated = (k for k in spoken if k in held and self.events[k]["start"] == start)
        event = next((k for k in dated if self.events[k]["precision"] == precision), "")
        if not event:  # the briefing of that day, of which nobody's words are drafted yet
            taken = {r["event_id"] for r in self.rows["statements"]}
            ours = (e["event_id"] for e in self.rows["events"] if e["start"] == start)
            event = next((k for k in ours if re.match(_SPEECH, k) and k not in taken), "")
        span = min(verb.start(), where[0]), max(verb.end(), where[1])
        if not event:
            key = f"{known_by or 'statement'}-{start}"
            meant = dates.resolve(written, self.published)
            here = window(sentence, span)  # of the saying: not what it is about, nor to whom
            here = here if re.search(r"\b(?:in|from|at) [A-Z]", here) else ""
            event = self._event(key, meant, here, kind="announcement")
        at = sentence.find(self.speakers.last[1])
        if at > -1 and max(span[0] - at - len(self.speakers.last[1]), at - span[1]) < 2:
            span = min(span[0], at), max(span[1], at + len(self.speakers.last[1]))
        self._mention(event, written, _ends(sentence, span))
        self.said |= {known_by: event} if known_by else {}
        return event

    def _dates(self, sentence: str, told: Span | None) -> Iterator[tuple[str, Span, int]]:
        """Yield each date that is not that of a saying, where it stands, and where its name begins:
        'the 2024 Dialogue on July 22'.
        """
        quoted, begins = [m.span() for m in QUOTATION.finditer(sentence)], None
        for written, at in dates.find(sentence):
            span = at, at + len(written)
            said = told and span[0] < told[1] and told[0] < span[1]
            if _OF_A_TITLE.match(sentence, at):
                begins = at
            elif (
                not said
                and not any(a < at < b for a, b in quoted)  # of words that somebody is quoted with
                and not dates.counted_to(sentence[:at])  # the day of a count, no event
                and not re.search(r"\b(?:after|before|earlier|later)$", written)  # of another thing
            ):
                yield written, span, at if begins is None else begins
                begins = None

    def _dated(self, sentence: str, told: Span | None) -> None:
        """Propose an event and its mention for each date that is not that of a saying."""
        for written, span, begins in self._dates(sentence, told):
            at = span[0]
            clause = clause_at(sentence, at)
            if named_by := _NAMED_BY.match(sentence, span[1]):
                span = span[0], named_by.end()
            run = shortest(sentence, span, clause, HAPPENED, PLACE)
            for first in (begins, clause[0]):  # with what happens
                if first < at and len(words(sentence[first : span[1]])) <= PROSE:
                    run = window(sentence, (first, max(span[1], sentence.find(run) + len(run))))
            meant = self._meant(written, sentence[clause[0] : at])
            thing = self._thing(sentence, span, clause)
            ahead = "ago" not in written and dates.resolve(written, self.published)  # to come
            if not meant and ahead and (known := self._known_event(ahead, sentence, thing, "")):
                self._mention(known, written, run)
            due = AHEAD.search(sentence, *clause)
            if not meant and (ahead or due or thing == "event" or self._cited(written)):
                continue  # or nothing happens: a statement cites it, or nobody
            said = _OCCASION.search(sentence[:at] + _DATE + sentence[span[1] :])
            if said and meant:
                if len(words(sentence[: span[1]])) <= PROSE:  # with who speaks
                    run = window(sentence, (0, sentence.find(run) + len(run)))
                event = self._said_on(said[1] or said[2], meant, run)
            elif meant:
                place = self._place(run, "events", "place")
                known = self._known_event(meant, sentence, thing, place)
                key = f"{thing}-{meant.start}"
                known = known or (key if key in self.data.by_key("events") else "")
                event = known or self._event(f"{thing}-{meant.start}", meant, run)
            else:
                event = self._event(f"{thing}-{self.id}", None, run, written)
            self._titled(event, sentence[clause[0] : at], thing)
            self.here.append(event)
            to_come = self.events[event]["kind"] == "deadline"
            self._mention(event, written, _wished(sentence, run) if to_come else run)

    def _thing(self, sentence: str, span: Span, clause: Span) -> str:
        """Return what a date is of: the thing nearest to it, in its clause if there is one."""
        found = (
            (m.span(), t)
            for t, w in _THINGS.items()
            for m in re.finditer(rf"\b(?:{w})", sentence, re.I)
        )
        apart = (
            (not clause[0] <= a < clause[1], max(span[0] - b, a - span[1]), t)
            for (a, b), t in found
        )
        return min(apart, default=(0, 0, "event"))[2]

    def _meant(self, written: str, before: str) -> dates.Resolved | None:
        """Return what the words for a date mean, None where that is a day to come, or one of last
        year, which has its year in print: the rules read them otherwise.
        """
        meant = dates.resolve(written, self.published)
        if not meant or re.search(r"\d{4}|\b(?:next|this|last)\b", written):
            return meant
        last = dates.days(meant.start)[1]
        past = last.year < self.published.year and last < self.published - _HALF_A_YEAR
        return None if past or AHEAD.search(before) else meant

    def _cited(self, written: str) -> bool:
        """Tell whether a statement of the sentence holds a date."""
        drafted = self.rows["statements"]
        return any(written in r["evidence"] and r["evidence"] in self.sentence for r in drafted)

    def _said_on(self, occasion: str, meant: dates.Resolved, run: str) -> str:
        """Return the event of an interview or a speech, to which what is said after it belongs."""
        person = self.speakers.last[0]
        known = self.said.get(person, "")
        if known and self.events[known]["start"] == meant.start:
            return known
        event = self._event(f"{occasion}-{meant.start}", meant, run, kind="announcement")
        self.said |= {person: event} if person not in ("", OPEN) else {}
        return event

    def _known_event(self, meant: dates.Resolved, sentence: str, thing: str, place: str) -> str:
        """Return the id of the event of this date, or within it, that a sentence tells of: two
        words of its title stand there, none of another thing, and whom it names; its one speaker is
        named, or the article has told of such a thing on that day and of no other place.
        """
        somewhere = (OPEN, "unstated")
        begun, found = {stem(word) for word in words(sentence)}, set()
        for key, event in self.events.items():
            same = (event["start"], event["precision"]) == (meant.start, meant.precision)
            within = meant.precision == "month" and event["start"].startswith(meant.start)
            title = telling(event["title"])
            if not same and not (within and stem(thing) in title):
                continue
            due = event["kind"] == "deadline" and (WISH.search(sentence) or self._too_early(key))
            if due or self._of_others(event["title"], thing, sentence):
                continue
            spoken = event["kind"] == "announcement"
            drafted = event in self.rows["events"] and key.startswith(f"{thing}-")
            drafted &= thing != "event" and meant.precision == "day"
            here = place in (event["place"], *somewhere) or event["place"] in somewhere
            once = thing in ("invasion", "return", "war") and stem(thing) in title
            if (not spoken and len(title & begun) >= 1 + (not once)) or (drafted and here):
                return key
            if spoken and meant.precision == "day" and self._speaks(key, sentence):
                found.add(key)
        return found.pop() if len(found) == 1 else ""

    def _too_early(self, event: str) -> bool:
        """Tell whether an article is older than all that tell of an event."""
        day = {source.key: source["published"] for source in self.data.articles()}
        told = [m["source_id"] for m in self.data.live("mentions") if m["event_id"] == event]
        return bool(told) and str(self.published) < min(day[source] for source in told)

    def _of_others(self, title: str, thing: str, sentence: str) -> bool:
        """Tell whether a title is of another thing than a date, or names somebody whom a sentence
        does not.
        """
        things = {t for t, what in _THINGS.items() if re.search(rf"\b(?:{what})", title.casefold())}
        people = (p for p in self.speakers.people if p["kind"] in ("person", "news_outlet"))
        names = [p["named_as"] for p in people if named(p["named_as"], title)]
        other = thing != "event" and things and thing not in things
        return bool(other or any(not named(name, sentence) for name in names))

    def _series(self) -> None:
        """Give attacks and strikes that no event dates one of their own, without a day."""
        for row in self.rows["attacks"]:
            kind = {"attacks": "attack", "strikes": "strike"}.get(row["measure"], "")
            if row["event_id"] == OPEN and kind:
                event = self._event(f"{row['measure']}-{self.id}", None, row["evidence"])
                self._mention(event, "", row["evidence"])
                row["event_id"] = event
                sides = {"kind": kind, "place": row["scope"], "actor_side": row["by_side"]}
                self.events[event] |= sides
                if kind == "attack" and row["target"] == "us_forces":
                    self.events[event]["title"] = "Attacks on US forces"

    def _speaks(self, event: str, sentence: str) -> bool:
        """Tell whether a sentence names somebody who speaks at an event."""
        there = {r["person_id"] for r in self.data.live("statements") if r["event_id"] == event}
        people = (p for p in self.speakers.people if p["person_id"] in there)
        return any(p["kind"] == "person" and named(p["named_as"], sentence) for p in people)

    def _event(
        self, key: str, meant: dates.Resolved | None, run: str, written: str = "", kind: str = ""
    ) -> str:
        """Propose an event; return its id, which is `key` unless that is taken."""
        start = meant.start if meant else ""
        made, body = key, key.removesuffix(f"-{start}")
        for n in range(2, 99):
            if made not in self.events:
                break
            made = f"{body}-{chr(ord('a') + n - 1)}-{start}" if start else f"{body}-{n}"
        ahead = bool(start) and dates.days(start)[0] > self.published
        note = f"The article gives no day: “{written}”." if written else UNDATED
        self._add(
            "events",
            event_id=made,
            title=OPEN,
            kind=kind or ("deadline" if ahead else OPEN),
            actor_side=OPEN,
            place=self._place(run, "events", "place"),
            start=start,
            end=meant.end if meant else self.published.isoformat(),
            precision=meant.precision if meant else "undated",
            note="" if start else note,
        )
        self.events[made] = self.rows["events"][-1]
        return made

    def _titled(self, key: str, before: str, thing: str) -> None:
        """Fill in title, kind and side of an attack or a strike of whose words a date follows."""
        event, titled = self.events[key], TITLE.search(before)
        if event["title"] != OPEN:
            return
        if event["kind"] == OPEN:
            event["kind"] = _KINDS.get(thing, OPEN)
            if thing == "talks" and FORCE.search(self.sentence) and "Iraq" in self.sentence:
                event["actor_side"] = "joint"
        if titled:
            title = titled[0].replace("U.S.", "US")
            event["title"] = title[0].upper() + title[1:]
        opens = before.strip() in ("On", "In", "") and len(dates.find(self.sentence)) == 1
        before = self.sentence if opens else before  # 'On July 30, the US launched strikes'
        struck = US_STRUCK.search(before)
        own = struck and (opens or AT_ONCE.fullmatch(before, struck.end()))  # no other thing's date
        if thing == "strike" and (own or (titled and titled["by"])):
            event |= {"kind": "strike", "actor_side": "us"}
        elif thing == "attack" and ((titled and titled["us"]) or _ON_FORCES.search(self.sentence)):
            event["kind"] = "attack"

    def _mention(self, event: str, written: str, run: str) -> None:
        held = [*self.data.live("mentions"), *self.rows["mentions"]]
        if not any((m["event_id"], m["source_id"]) == (event, self.id) for m in held):
            self._add("mentions", event_id=event, date_as_written=written, evidence=run)
