"""Proposals: the rows that an article's text calls for, as far as its words decide them.

Patterns, not a parser: what they do not decide is left open, as OPEN, for the curator. A cell is
filled only where the words leave one reading, by the rules that the check holds it to afterwards.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from explainer.check import coverage
from explainer.check.matching import hedges, named, supported, tie
from explainer.check.numerals import Number, numbers
from explainer.check.rules.figures import SEVERAL
from explainer.check.rules.wordings import PROSE, QUOTED
from explainer.data import dates
from explainer.data.dataset import Dataset
from explainer.data.evidence import JOINT, W, heading, plain, words
from explainer.data.grammar import CLAUSE, HEDGE, NEGATION, SAYING, SENTENCE, pieces

OPEN = "?"  # a cell that the words do not decide
UNDATED = "The article gives no day."
Cells = dict[str, str]
Span = tuple[int, int]  # characters of a line

_WORD = re.compile(r"\w+(?:[-.,'’/:]\w+)*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_SAY = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )\b(?:said|says|told|adds|added|announced|"
    r"claim(?:ed|s)(?! (?:the|its|responsib))|stressed|stated|insisted|argued|warned|denied|denies|"
    r"vowed|declared|confirmed|acknowledged|admitted|reiterated|urged|rejected|demanded|pledged|"
    r"threatened|condemned|reported|according to)\b"
)
_DAY = r"(?:,? (?:on |late on |early on |late |early )?\w+day\b|,? (?:on|in) [A-Z]\w+ \d{1,2}\b)"
_BEHIND = re.compile(  # who speaks, after a verb of saying
    r"(?:[\w’'.-]+ ){0,11}?[\w’'.-]*\w(?:, (?:an?|the) [a-z][^,“”]*)?"
    rf"(?=\.?$|[,;:“]|{_DAY}| in an? | late | as | after | during | at | when | following | told )"
)
_AFTER = re.compile(
    rf"(?:(?<=told)(?: [A-Z][\w-]+)+(?=,| that)|{_DAY}| in an? \w+| reporters| journalists|,|"
    r" that)*"
)
_FILLER = re.compile(
    r"(?: (?:reporters|journalists|late|early|on)| in an? (?:[\w-]+ ){0,2}(?:statement|interview|"
    r"briefing|post|speech|message|conference)| at a (?:news |press )?(?:conference|briefing)|"
    r" in [A-Z]\w+| [A-Z][\w-]+(?: [A-Z][\w-]+)*|,)* "
)  # between a verb of saying and its date
_FIRST = re.compile(r",? [^,]{3,60} ")  # between a date that opens a sentence and its verb
_APPOSED = re.compile(
    r"(?:an?|the) (?:[\w-]+ ){0,3}(?:spokes\w+|minister|head|chief|official|commander|director|"
    r"member|advis[eo]r|leader|officer|analyst|secretary|envoy|president|lawmaker|agency|outlet|"
    r"newspaper|group|militia|network)\b"
)
_CAPITAL = r"(?:[a-z]{2}-)?[A-Z][\w’'.-]*"
_NAME = re.compile(rf"{_CAPITAL}(?: (?:{_CAPITAL}|(?:bin|ibn|van|de|of|for|the)(?= [A-Z])))*")
_BODY = re.compile(
    r"Ministry|Department|Command|Pentagon|Government|White House|Office|Agency|Council|Parliament|"
    r"Army|Forces?|Service|Coalition|Embassy|Resistance|Brigades?|Committee|Commission|Cent(?:re|er)|"
    r"Group"
)
_NO_ROLE = re.compile(  # words that no name or title of a speaker holds
    r"\b(?:was|were|is|are|has|had|have|that|which|who|will|would|after|when|struck|"
    r"(?!allied)[a-z]+ed)\b|^(?:[Nn]o|and|or|but|by)\b"
)
_LEADING = re.compile(r"of|the|an?|and|or|to|in|on|at|by|for|from|with|about|that|as|no|its")
_PRONOUN = re.compile(r"(?:he|she|it|they|(?:the|its|a) statement)", re.I)
_BYLINE = re.compile(r"(?:Author|By|Reporting by|Edited by)\b:? ", re.I)
_TEASER = re.compile(r"(?:read (?:more|also)|more from|related|see also|also read|watch)\b", re.I)
_DATELINE = re.compile(
    r"[A-Z][A-Z’' -]+[A-Z](?:, [A-Z][\w’']+(?: [A-Z]\w+)*)?(?:, [A-Z][a-z]+\.? \d{1,2})?"
    r"(?: ?\([^)]*\))?(?= ?[—–-] ?)"
)
_TROOPS = re.compile(
    r"\b(?:troops|soldiers|service ?(?:members|men)|personnel|forces|advis[eo]rs)\b"
)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|remains?|keeps?|maintains?|currently|still|its|stations|stationed)\b"
)
_PAST = re.compile(r"\b(?:was|were|had|sent|deployed|withdrew|pulled|left|peak|once|cut)\b")
_AHEAD = re.compile(r"\b(?:will|would|next|due|scheduled|set to|expected to|plans? to)\b|\bby $")
_HAPPENED = re.compile(
    r"\b(?:attack|strike|struck|hit|fire|salvo|airstrike|raid|kill|injur|wound|vote|invad|invasion|withdr|agree|met|meeting|"
    r"talk|visit|end|began|begin|start|launch|sign|arriv|left|leave)\w*",
    re.I,
)
_HURT = re.compile(
    r"\b(?:kill|injur|wound|dead|died|dies|death|attack|strike|struck|airstrike|raid|hurt)\w*", re.I
)
_LASTING = re.compile(
    r"\b(?:for|over|within|next|last|past|since|after|more|left|later|until)\b", re.I
)
_FORCE = re.compile(r"\b(?:US|U\.S|United States|American|coalition|allied|its)\b")
_PLACE = re.compile(
    r"\b(?:in|at|near|from|inside|outside|across|on) (?:[a-z-]+ ){0,2}(?!\w+day\b|(?:"
    + "|".join(month.title() for month in dates.MONTHS)
    + r")\b)[A-Z][\w’-]+(?: and [A-Z]\w+)?"
)
_PLACED = r"\b(?:in|at|near|from|inside|across|outside|on|to|throughout|around|and) (?:\w+ ){0,2}$"
_THINGS = ("attack", "strike", "talks", "vote", "visit", "meeting", "agreement", "raid", "war")
_IRAQI = ("iraq", "iraqi", "iraq's", "baghdad", "baghdad's")
_OURS = {"us": ("us", "u.s", "american"), "iraq": _IRAQI, "joint": ("us", "iraq", "and")}


def propose(data: Dataset, source: Cells, text: str) -> dict[str, list[Cells]]:
    """Return {table: rows} that the article `text` of the row `source` calls for and lacks in
    `data`; ids of numbered rows are OPEN. A cell that the words do not decide is OPEN, too.
    """
    return _Draft(data, source).rows_of(text)


class _Draft:
    """The rows of one article, as they are found from its first line to its last."""

    def __init__(self, data: Dataset, source: Cells):
        self.data, self.id = data, source["source_id"]
        self.published = date.fromisoformat(source["published"])
        self.source, self.text = source, ""
        self.rows: dict[str, list[Cells]] = defaultdict(list)
        self.people = [dict(row) for row in data.live("people")]
        self.events = {row["event_id"]: dict(row) for row in data.live("events")}
        self.speaker: tuple[str, str] = ("", "")  # id and role of who spoke last
        self.said: dict[str, str] = {}  # the event at which each spoke
        self.sentence, self.here = "", list[str]()  # with the events that it dates

    def rows_of(self, text: str) -> dict[str, list[Cells]]:
        """Return the rows. Of an article that has rows already, for what none of them cites."""
        self.text = plain(text)
        lines = self.text.split("\n")
        again = (
            r for r in self.data.every() if r.get("evidence") and r.get("source_id") == self.id
        )
        lacking = self._uncited() if any(again) else None
        headed = [number for number, line in enumerate(lines, 1) if line][:2]
        for number, line in enumerate(lines, 1):
            here = None if lacking is None else [s for n, _, s in lacking if n == number]
            if not heading(line) and not _BYLINE.match(line):
                self._paragraph(line, here)
            elif number in headed and not dates.find(line) and here is None:
                self._headline(line)
        for number, kind, span in sorted(self._uncited()):
            if (number, kind, span) in self._uncited():  # not with the one before
                self._leftover(lines[number - 1], kind, span)
        return self.rows

    def _uncited(self) -> set[tuple[int, str, Span]]:
        """Return line, kind and characters of what neither the data nor a proposal cites."""
        rows = [row for row in self.data.every() if row.get("source_id") == self.id]
        rows += [row for rows in self.rows.values() for row in rows]  # type: ignore[misc]
        found = coverage.account(self.id, self.text, rows)
        return {(f.line, f.kind, span) for f, span in found if not f.covered}

    def _add(self, table: str, **cells: str) -> None:
        """Add a row, unless the data or the draft has its words for the same thing already."""
        named = {c["name"] for c in self.data.columns(table)}
        row = dict.fromkeys((c["name"] for c in self.data.columns(table)), "")
        row |= {"id": OPEN} if "id" in named else {}
        row |= {"source_id": self.id} if "source_id" in named else {}
        row |= cells
        alike = [c for c in ("evidence", "text", "measure", "count", "value", "form") if row.get(c)]
        held = [*self.data.live(table), *self.rows[table]]
        if table in ("people", "events") or not any(
            other["source_id"] == self.id and all(other[c] == row[c] for c in alike)
            for other in held
        ):
            self.rows[table].append(row)

    def _headline(self, line: str) -> None:
        run = _window(line, (0, len(line)), PROSE)
        if len(words(run)) >= W:
            self._statement("headline", run, "", "", ("published", self.published.isoformat(), ""))

    def _paragraph(self, line: str, lacking: list[Span] | None) -> None:
        """Propose the rows of a paragraph, sentence by sentence: those with a `lacking` span."""
        start = 0
        if (found := _DATELINE.match(line)) and len(found[0]) > W:
            meant = [dates.resolve(w, self.published) for w, _ in dates.find(found[0])]
            own = any(m and m.start == self.published.isoformat() for m in meant)
            reason = "byline" if own else "dateline"
            self._add("set_aside", text=found[0].partition(" (")[0].strip(), reason=reason)
            start = found.end() + len(line[found.end() :]) - len(line[found.end() :].lstrip(" —–-"))
        if not _SAY.search(_blank(line, [m.span() for m in _QUOTED.finditer(line)])):
            self.speaker = OPEN, OPEN  # a quotation of its own: whose, the words do not say
        for first, last in _sentences(line, start):
            if lacking is not None and not any(first <= a < last for a, _ in lacking):
                continue
            sentence = self.sentence = line[first:last]
            self.here = []
            told = self._spoken(sentence)
            self._dated(sentence, told)
            for n in numbers(words(sentence)):
                self._counted(sentence, n)
            self._several(sentence)

    # -- who said what ---------------------------------------------------------------------------

    def _spoken(self, sentence: str) -> Span | None:
        """Propose the statements of a sentence; return where a date of its saying stands."""
        quotes = [m.span() for m in _QUOTED.finditer(sentence)]
        outside = _blank(sentence, quotes)
        verb = _SAY.search(outside)
        long = [span for span in quotes if len(words(sentence[slice(*span)])) >= W]
        if not verb and not long:
            others = [n for n in _NAME.findall(outside) if " " in n and n not in self.speaker[1]]
            self.speaker = (OPEN, OPEN) if others else self.speaker  # 'he said' may mean another
            return None
        person, role = self._who(outside, verb, sentence) if verb else self.speaker
        if _NO_ROLE.search(role.partition(", ")[0]):
            person, role = self.speaker = OPEN, OPEN
            if not long:
                return None
        self.speaker = person, role
        when, where = self._when(outside, verb, person) if verb else self._as_before(person)
        event = self._occasion(person, when, sentence, verb, where)
        for first, last in long:
            for run in _quoted(sentence[first + 1 : last - 1]):
                self._statement("quote", run, person, role, when, event)
        if verb and not long:
            run = _content(sentence, verb)
            if person == OPEN and 0 < len(words(role)) < W:  # words that no other row proves
                at, begun = sentence.find(role), sentence.find(run)
                proof = _window(sentence, (at, at + len(role)), PROSE)
                run = _cut(sentence, (begun, begun + len(run)), PROSE - len(words(proof)))
                run = JOINT.join([proof, run] if at < begun else [run, proof])
            self._statement("paraphrase", run, person, role, when, event)
        return where

    def _who(self, outside: str, verb: re.Match[str], sentence: str) -> tuple[str, str]:
        """Return the id and the role of who speaks: a known person, a new one, OPEN, or nobody."""
        role = _speaker(outside, verb)
        if _PRONOUN.fullmatch(role) and self.speaker[0]:
            return self.speaker
        if _NO_ROLE.search(role.partition(", ")[0]):
            return OPEN, role
        if person := self._known(role):
            return person["person_id"], role
        names = _NAME.findall(role.partition(", ")[0]) or _NAME.findall(role)
        name = re.sub(r"^(?:The |An? |\w+[’']s )+", "", names[-1]) if names else ""
        if (
            name.endswith(("’s", "'s"))
            or f" {name}" not in f" {role.partition(', ')[0]}."[-len(name) - 3 :]
        ):
            return (OPEN, role) if role else ("", "")
        if not name or name in ("US", "Iraqi", "American", "Syrian", "Western", "U.S."):
            return ("", "") if not role else (OPEN, role)
        if len(name.split()) < 2 and not _BODY.search(name):
            return OPEN, role
        office = bool(_BODY.search(name) or re.search(" (?:of|for|the) ", name))
        if not office:  # of title and name the name is the end
            name = " ".join(name.split()[-2:])
        short = name if office else name.split()[-1]
        key = re.sub(r"[^a-z0-9]+", "-", short.casefold()).strip("-")
        if any(p["person_id"] == key for p in self.people):
            return OPEN, role
        at = sentence.find(role)
        cells = {
            "person_id": key,
            "name": name,
            "kind": OPEN if office else "person",
            "institution": OPEN,
            "side": OPEN,
            "named_as": short,
            "evidence": _window(sentence, (at, at + len(role)), PROSE),
        }
        self._add("people", **cells)
        self.people.append(self.rows["people"][-1])
        return key, role

    def _known(self, role: str) -> Cells | None:
        """Return the person that a role names beyond doubt: a full name, or a surname whose full
        name the article has; an office by its name, with nothing beside it but its country.
        """
        found, lead = [], words(role.partition(", ")[0])
        for person in self.people:
            own = words(person["named_as"])
            if lead[-len(own) :] != own:
                continue
            if person["kind"] == "person":
                first = words(person["name"])[0]
                full = named(person["name"], self.text) or any(
                    words(self.text[max(0, m.start() - 40) : m.start()])[-3:].count(first)
                    for m in re.finditer(re.escape(person["named_as"]), self.text)
                )
                if full:
                    found.append(person)
            else:
                rest = set(lead[: -len(own)]) - {"the", "a", "an"}
                demonyms = set(_OURS.get(person["side"], ()))
                common = person["named_as"] == person["named_as"].lower()
                if rest <= demonyms and (rest or not common):
                    found.append(person)
        return max(found, key=lambda p: (p["kind"] == "person", len(p["named_as"])), default=None)

    def _when(
        self, outside: str, verb: re.Match[str], person: str
    ) -> tuple[tuple[str, str, str], Span | None]:
        """Return precision, day and words of the date by a verb of saying, and where it stands."""
        for written, at in dates.find(outside):
            end = at + len(written)
            by = (
                _FILLER.fullmatch(outside, verb.end(), at)
                if at >= verb.end()
                else (
                    outside[end : verb.start()].strip() == ""
                    or (at <= 3 and _FIRST.fullmatch(outside, end, verb.start()))
                )
            )
            meant = dates.resolve(written, self.published)
            if by and meant:
                return (meant.precision, meant.start, written), (at, end)
        return self._as_before(person)

    def _as_before(self, person: str) -> tuple[tuple[str, str, str], Span | None]:
        event = self.events.get(self.said.get(person, "")) if person != OPEN else None
        if event and event["kind"] == "announcement" and event["precision"] == "day":
            return ("day", event["start"], ""), None
        return ("undated", "", ""), None

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
        bodies = {p["person_id"]: p["institution"] for p in self.people}
        same = {p for p, body in bodies.items() if body != OPEN and body == bodies.get(person)}
        held = (r for r in self.data.live("statements") if r["person_id"] in {person, *same})
        known = {r["event_id"] for r in held} | set(self.said.values())
        event = next(
            (
                e["event_id"]
                for e in self.events.values()
                if (e["kind"], e["start"]) == ("announcement", start)
                and e["event_id"] in known
                and (self.said.get(person) == e["event_id"] or e["event_id"] in self._held(same))
            ),
            "",
        )
        span = min(verb.start(), where[0]), max(verb.end(), where[1])
        if not event:
            key = f"{known_by or 'statement'}-{start}"
            meant = dates.resolve(written, self.published)
            event = self._event(key, meant, sentence, kind="announcement")
        at = sentence.find(self.speaker[1])
        if at > -1 and max(span[0] - at - len(self.speaker[1]), at - span[1]) < 2:
            span = min(span[0], at), max(span[1], at + len(self.speaker[1]))
        self._mention(event, written, _window(sentence, span, PROSE))
        self.said |= {known_by: event} if known_by else {}
        return event

    def _held(self, people: set[str]) -> set[str]:
        return {r["event_id"] for r in self.data.live("statements") if r["person_id"] in people}

    def _statement(
        self,
        form: str,
        run: str,
        person: str,
        role: str,
        when: tuple[str, str, str],
        event: str = "",
    ) -> None:
        if len(words(run)) < W:
            return
        codes = {c: self.data.codes("statements", c) for c in ("position", "concerns")}
        fits = {column: supported(run, codes[column]) for column in codes}
        deciding = fits["position"] or fits["concerns"] or NEGATION.search(run)
        position = OPEN if deciding else "none"
        own, spoken = form == "headline", person not in ("", OPEN)
        self._add(
            "statements",
            event_id=OPEN if own else event,
            person_id=person,
            role_as_written="" if own else role,
            side="outlet" if own else OPEN if person else "unstated",
            date=when[1],
            precision=when[0],
            date_as_written="" if own else when[2],
            form=form,
            topic=OPEN,
            concerns=OPEN if deciding else "other",
            position=position,
            key_words=OPEN,
            evidence=run,
            note=UNDATED if when[0] == "undated" else "",
        )
        if spoken:
            side = next(p["side"] for p in self.people if p["person_id"] == person)
            self.rows["statements"][-1]["side"] = side

    # -- what happened when ----------------------------------------------------------------------

    def _dated(self, sentence: str, told: Span | None) -> None:
        """Propose an event and its mention for each date that is not that of a saying."""
        for written, at in dates.find(sentence):
            span = at, at + len(written)
            if told and span[0] < told[1] and told[0] < span[1]:
                continue
            if any(a < at < b for a, b in (m.span() for m in _QUOTED.finditer(sentence))):
                continue  # of words that somebody is quoted with
            clause = _clause(sentence, at)
            run = _shortest(sentence, span, clause, _HAPPENED, _PLACE)
            meant = dates.resolve(written, self.published)
            begun = sentence[clause[0] : at]
            plain = re.search(r"\d{4}|\b(?:next|this|last)\b", written)
            if meant and _AHEAD.search(begun) and not plain:
                meant = None  # a day to come: the rules read the last one
            nearest = f"{sentence[slice(*clause)]} {sentence}".casefold()
            named = [(nearest.find(t), t) for t in _THINGS if t in nearest]
            thing = min(named, default=(0, "event"))[1]
            if meant:
                known = self._known_event(meant, sentence)
                event = known or self._event(f"{thing}-{meant.start}", meant, run)
            else:
                event = self._event(f"{thing}-{self.id}", None, run, written)
            self.here.append(event)
            self._mention(event, written, run)

    def _known_event(self, meant: dates.Resolved, sentence: str) -> str:
        """Return the id of the event of this date with two words of its title in the sentence."""
        begun = {_stem(word) for word in words(sentence)}
        for event in self.events.values():
            title = {_stem(w) for w in words(event["title"]) if len(w) > 2 and w not in _IRAQI}
            same = (event["start"], event["precision"]) == (meant.start, meant.precision)
            if same and len(title & begun) >= 2 and event["kind"] != "announcement":
                return event["event_id"]
        return ""

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
        note = f"The article gives no day: '{written}'." if written else UNDATED
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

    def _mention(self, event: str, written: str, run: str) -> None:
        held = [*self.data.live("mentions"), *self.rows["mentions"]]
        if not any((m["event_id"], m["source_id"]) == (event, self.id) for m in held):
            self._add("mentions", event_id=event, date_as_written=written, evidence=run)

    def _place(self, run: str, table: str, column: str) -> str:
        """Return the code of the one place that a run has after a preposition: `unstated` where its
        sentence names none at all, else OPEN."""
        codes = [c for c in self.data.codes(table, column) if c.get("words")]
        named_in, after = supported(run, codes), set()
        for code in codes:
            for phrase in code["words"]:
                for m in re.finditer(rf"\b{re.escape(phrase)}\b", run, re.I):
                    if re.search(_PLACED, run[: m.start()]):
                        after.add(code["code"])
        after &= named_in
        if not named_in:
            return OPEN if supported(self.sentence, codes) else "unstated"
        return after.pop() if len(after) == 1 and len(named_in) == 1 else OPEN

    # -- what was counted ------------------------------------------------------------------------

    def _counted(self, sentence: str, number: Number) -> None:
        """Propose a row for a number: troops, a toll or a duration, by what its words tie it to."""
        spans, run = [m.span() for m in _WORD.finditer(sentence)], words(sentence)
        at = spans[number.first][0]
        if len(spans) != len(run) or any(a <= at < a + len(w) for w, a in dates.find(sentence)):
            return
        if run[number.last] in ("one", "two", "three") and run[
            number.last + 1 : number.last + 2
        ] in (("in",), ("of",), ("that",), ("who",), ("day",)):
            return  # 'another one in Baghdad', 'one of them'
        span = spans[max(number.first - 2, 0)][0], spans[number.last][1]
        if not hedges(number.first, run, self.data.codes("troops", "qualifier")):
            span = at, span[1]
        noun = re.match(
            r" (?!(?:in|of|on|at|to|and|or|were|was|is|are|by|from)\b)[\w-]+", sentence[span[1] :]
        )
        span = span[0], span[1] + (noun.end() if noun else 0)
        follow = sentence[spans[number.last][1] : spans[min(number.last + 4, len(spans) - 1)][1]]
        clause = _clause(sentence, at)
        if unit := re.match(r"[ -](months?|years?)\b", follow):
            here = _shortest(sentence, span, clause, _LASTING)
            quantity = supported(here, self.data.codes("quantities", "quantity"))
            self._add(
                "quantities",
                event_id=self.here[0] if len(self.here) == 1 else OPEN,
                quantity=quantity.pop() if len(quantity) == 1 else OPEN,
                value=str(number.value),
                unit=unit[1].rstrip("s") + "s",
                qualifier=self._qualifier(number.first, run, "quantities"),
                evidence=here,
            )
            return
        here = _shortest(sentence, span, clause, _HURT, _PLACE)
        measures = self.data.codes("attacks", "measure")
        within = [n for n in numbers(words(here)) if n.value == number.value]
        measure = tie(within[0], here, measures, far=True) if within else None
        counted = re.match(
            r"(?: [\w-]+)?(?: [\w-]+)? (?:times|attacks|strikes|airstrikes|raids)\b", follow
        )
        if (measure and measure not in ("attacks", "strikes")) or (measure and counted):
            qualifier = self._qualifier(number.first, run, "attacks")
            self._toll(here, measure, str(number.value), qualifier)
        elif number.value > 9 and (_TROOPS.search(follow) or self._listed(sentence, at, follow)):
            if listed := re.match(r" (?:\w+ )?in [A-Z]\w+", sentence[spans[number.last][1] :]):
                span = span[0], spans[number.last][1] + listed.end()
            here = _shortest(sentence, span, clause, _TROOPS, _FORCE, _PLACE, *_dated(sentence))
            self._troops(sentence, here, number.value, self._qualifier(number.first, run, "troops"))

    def _listed(self, sentence: str, at: int, follow: str) -> bool:
        """Tell whether a number goes on from troops counted before: '… and 900 in Syria'."""
        before = sentence[:at]
        return bool(
            re.search(r"\b(?:and|,) (?:\w+ )?$", before)
            and _TROOPS.search(before)
            and re.match(r" (?:more )?in ", follow)
        )

    def _qualifier(self, place: int, run: tuple[str, ...], table: str) -> str:
        codes = [c for c in self.data.codes(table, "qualifier") if c["code"] != SEVERAL]
        found = hedges(place, run, codes)
        return found.pop() if len(found) == 1 else OPEN if found else "exact"

    def _troops(self, sentence: str, here: str, count: int, qualifier: str) -> None:
        force = supported(here, self.data.codes("troops", "force"))
        held = dates.find(here)
        meant = dates.resolve(held[0][0], self.published) if held else None
        then = _PAST.search(here) or (not _PRESENT.search(here) and _PAST.search(sentence))
        now = _PRESENT.search(sentence) and not then and not dates.find(sentence)
        self._add(
            "troops",
            force=force.pop() if len(force) == 1 else OPEN,
            place=self._place(here, "troops", "place"),
            count=str(count),
            qualifier=qualifier,
            as_of=meant.start if meant else self.published.isoformat() if now else OPEN,
            as_of_basis="as_written" if meant else "published" if now else OPEN,
            date_as_written=held[0][0] if meant else "",
            evidence=here,
        )

    def _toll(self, here: str, measure: str, value: str, qualifier: str) -> None:
        event = self.events[self.here[0]] if len(self.here) == 1 else {}
        self._add(
            "attacks",
            event_id=event.get("event_id", OPEN),
            measure=measure,
            value=value,
            qualifier=qualifier,
            by_side=event.get("actor_side", OPEN),
            target=OPEN,
            scope=self._place(here, "attacks", "scope"),
            evidence=here,
        )

    def _several(self, sentence: str) -> None:
        """Propose a row for attacks or strikes that the article counts in words: 'dozens of'."""
        several = next(
            c["words"] for c in self.data.codes("attacks", "qualifier") if c["code"] == SEVERAL
        )
        vague = "|".join(re.escape(w) for w in sorted(several, key=len, reverse=True))
        for m in re.finditer(rf"\b(?:{vague})\b", sentence, re.I):
            here = _shortest(sentence, m.span(), _clause(sentence, m.start()), _HURT, _PLACE)
            after = sentence[m.end() : m.end() + 50]
            near = supported(after, self.data.codes("attacks", "measure"))
            if near & {"attacks", "strikes"} and SEVERAL in supported(
                here, self.data.codes("attacks", "qualifier")
            ):
                self._toll(here, OPEN if len(near) > 1 else near.pop(), "", SEVERAL)

    def _leftover(self, line: str, kind: str, span: Span) -> None:
        """Propose to set aside what no row cites: the reason stays open where words do not tell."""
        reason = OPEN
        if _BYLINE.match(line):
            reason = "byline" if self.source["author"] and self.source["author"] in line else OPEN
        elif heading(line) and any(
            (m := dates.resolve(w, self.published)) and m.start == self.published.isoformat()
            for w, _ in dates.find(line)
        ):
            reason = "byline"
        elif _TEASER.match(line):
            reason = "teaser"
        elif kind == "quotation" and not SAYING.search(line):
            reason = "scare_quotes"
        whole = reason in ("byline", "teaser") or (heading(line) and len(words(line)) <= PROSE)
        marked = kind == "quotation" and len(words(line[slice(*span)])) < W
        run = line if whole else line[slice(*span)] if marked else _window(line, span, PROSE)
        self._add("set_aside", text=run, reason=reason)


def _sentences(line: str, start: int) -> Iterator[Span]:
    """Yield where each sentence of a line begins and ends; a quotation is not cut."""
    quotes = [m.span() for m in _QUOTED.finditer(line)]
    first = start
    for _, last in pieces(SENTENCE, line):
        if last > first and not any(a < last < b for a, b in quotes):
            yield first + len(line[first:last]) - len(line[first:last].lstrip()), last
            first = last


def _blank(sentence: str, spans: Iterable[Span]) -> str:
    for a, b in spans:
        sentence = sentence[:a] + "“" + " " * (b - a - 2) + "”" + sentence[b:]
    return sentence


def _speaker(outside: str, verb: re.Match[str]) -> str:
    """Return the words that name who speaks, before or after a verb of saying: '' for nobody."""
    after = _AFTER.match(outside, verb.end())
    rest = outside[after.end() if after else verb.end() :].strip()
    led = outside[: verb.start()].rstrip()
    behind = _BEHIND.match(rest)
    appositive = _APPOSED.match(led.rstrip(",").rpartition(", ")[2])
    if (
        verb[0] == "according to"
        or led.endswith(("”", ",”"))
        or (led.endswith(",") and behind and not appositive)
    ):
        return behind[0].rstrip(" .,") if behind else ""
    led = re.sub(
        rf"(?:{_DAY}|,? in an? [\w ]+| also| later| earlier| again| has| have| had| \w+ly)+,?$",
        "",
        led,
    )
    cut = [
        m.end()
        for m in re.finditer(r"[;:“”—–]|\b(?:but|while|although|and that|as|which|that)\b ", led)
    ]
    tail = led[cut[-1] if cut else 0 :].strip(" ,")
    parts = tail.split(", ")
    tail = ", ".join(parts[-2:] if _APPOSED.match(parts[-1]) else parts[-1:])
    return tail if len(words(tail)) <= 12 else ""


def _content(sentence: str, verb: re.Match[str]) -> str:
    """Return the words of a paraphrase: what follows its verb of saying, else what leads to it."""
    after = _AFTER.match(sentence, verb.end())
    start = after.end() if after else verb.end()
    told_that = sentence[verb.end() : start].rstrip().endswith("that")
    if (
        verb[0] == "told"
        and not told_that
        and 0 < (that := sentence.find(" that ", start)) < start + 60
    ):
        start = that + 6
    ended = re.match(rf"(?:{_DAY}| in an? [\w ]+?)*[,.]", sentence[verb.end() :])
    before = sentence.rfind(",", 0, verb.start()) > 0 and not _APPOSED.match(
        sentence[: verb.start()].rpartition(", ")[2]
    )
    if verb[0] == "according to" or len(words(sentence[start:])) < W or (ended and before):
        clause = (0, max(sentence.rfind(",", 0, verb.start()), 0) or verb.start())
        if verb.start() < 3:
            clause = (sentence.find(",", verb.end()) + 1, len(sentence))
    else:
        clause = (start, len(sentence))
    return _cut(sentence, clause, PROSE)


def _quoted(inner: str) -> Iterator[str]:
    """Yield for each sentence of a quotation the run that proves it, of a long one its start."""
    for first, last in pieces(SENTENCE, inner):
        if len(words(inner[first:last])) >= W:
            yield _cut(inner, (first, last), QUOTED)


def _cut(text: str, span: Span, most: int) -> str:
    """Return the clauses of `text[span]` up to `most` words, a negation or a hedge never left out
    of the one that is cut."""
    spans = [m.span() for m in _WORD.finditer(text) if span[0] <= m.start() and m.end() <= span[1]]
    if len(spans) <= most:
        return text[spans[0][0] : spans[-1][1]] if spans else ""
    ends = [a for _, a in pieces(CLAUSE, text) if spans[W - 1][1] <= a <= spans[most - 1][1] + 1]
    kept = [s for s in spans if s[1] <= ends[-1]] if ends else spans[:most]
    signs = [
        m.end() for pattern in (NEGATION, HEDGE) for m in pattern.finditer(text, span[0], span[1])
    ]
    if not ends and signs and max(signs) > kept[-1][1]:
        last = next(i for i, s in enumerate(spans) if s[1] >= max(signs))
        kept = spans[max(0, min(last + W, len(spans)) - most) : last + W]
    while len(kept) > W and _LEADING.fullmatch(text[slice(*kept[-1])]):
        kept = kept[:-1]
    return text[kept[0][0] : kept[-1][1]]


def _dated(sentence: str) -> list[re.Pattern[str]]:
    return [re.compile(re.escape(written)) for written, _ in dates.find(sentence)]


def _clause(sentence: str, at: int) -> Span:
    whole = 0, len(sentence)
    return next((c for c in pieces(CLAUSE, sentence) if c[0] <= at < c[1]), whole)


def _shortest(sentence: str, span: Span, clause: Span, *wanted: re.Pattern[str]) -> str:
    """Return the words of a clause that hold `span` and, as far as that is 15 words, the nearest
    match of each pattern: four at least.
    """
    for pattern in wanted:
        matches = [m.span() for m in pattern.finditer(sentence, *clause)]
        matches = matches or [m.span() for m in pattern.finditer(sentence)]
        near = min(matches, key=lambda m: max(span[0] - m[1], m[0] - span[1]), default=span)
        wider = min(span[0], near[0]), max(span[1], near[1])
        if len(words(sentence[slice(*wider)])) <= PROSE:
            span = wider
    return _window(sentence, span, PROSE, clause)


def _window(text: str, span: Span, most: int, clause: Span | None = None) -> str:
    """Return the words of `span`, cut to `most`; fewer than four are widened, in their clause
    where it has them.
    """
    spans = [m.span() for m in _WORD.finditer(text)]
    held = [i for i, (a, b) in enumerate(spans) if a < span[1] and span[0] < b]
    if not held:
        return ""
    first, last = held[0], min(held[-1], held[0] + most - 1)
    low, high = clause or (0, len(text))
    while last - first + 1 < min(W, len(spans)):
        if last + 1 < len(spans) and (spans[last + 1][1] <= high or spans[first - 1][0] < low):
            last += 1
        elif first and (spans[first - 1][0] >= low or last + 1 == len(spans)):
            first -= 1
        else:
            low, high = 0, len(text)
    return text[spans[first][0] : spans[last][1]]


def _stem(word: str) -> str:
    return word.removesuffix("'s").rstrip("s")[:5]
