"""The rows that an article's text calls for, as far as its words decide them, by the rules that the
check holds them to afterwards. What they do not decide is left OPEN, for the curator.
"""

import re
from collections import defaultdict
from datetime import date

from explainer.check import coverage
from explainer.check.matching import bodies, carried, hinted, named, respelt, supported
from explainer.check.numerals import numbers
from explainer.check.occasions import UNDATED, Occasions
from explainer.check.reporting import (
    FILLER,
    FIRST,
    KEPT,
    NAME,
    NO_ROLE,
    OBJECT,
    OPENING,
    QUOTATION,
    WHICH,
    WORD,
    Span,
    blank,
    clause_at,
    content,
    cut,
    quoted_runs,
    sentences,
    speaker_by,
    telling,
    window,
)
from explainer.check.rules.codes import COALITION, EVERYONE, FORCES
from explainer.check.rules.quoting import RUN, SHARE, SHINGLES, SHORT, covered, returned
from explainer.check.rules.wordings import PROSE, QUOTED
from explainer.check.speakers import Cells, Speakers
from explainer.data import dates
from explainer.data.dataset import OPEN, Dataset
from explainer.data.evidence import JOINT, W, heading, plain, words
from explainer.data.grammar import HEDGE, NEGATION, SAYING, SAYS, SENTENCE

_BYLINE = re.compile(r"(?:Author|By|Reporting by|Edited by)\b:? ", re.I)
_TEASER = re.compile(r"(?:read (?:more|also)|more from|related|see also|also read|watch)\b", re.I)
_DATELINE = re.compile(
    r"(?:\([^)]*\) ?)?"  # an agency that copies another's report
    r"([A-Z][A-Z’' -]+[A-Z](?:, [A-Z][\w’']+(?: [A-Z]\w+)*)?(?:, [A-Z][a-z]+\.? \d{1,2})?"
    r"(?: ?\([^)]*\))?)(?= ?[—–-] ?|: [A-Z])"
)
_UNNAMED = re.compile(  # who speaks, and of which side the words do not say
    r"(?:(?:[Aa]n?|[Tt]he|[Ii]nformed|[Tt]wo|[Tt]hree|[Ss]ome|[Ss]everal|[Mm]ultiple|[Ss]enior|[Ss]ecurity|"
    r"[Dd]iplomatic|[Ll]ocal|Western|European|Arab|Iraqi(?= (?:security )?sources)|regional|"
    r"(?:US|U\.S\.) and Iraqi|of the|who is familiar with the matter|familiar with the matter) ?)*"
    r"(?:[Ss]ources?|[Oo]fficials?|[Dd]iplomats?|[Aa]nalysts?|[Ee]xperts?|[Ww]itness(?:es)?)"
)
_ASIDE = re.compile(r"\b(?:that|which|what) (?:it|he|she|they) $")  # '… that it claims has ended'
_BESIDE = re.compile(r"\W*(?:citing|stating|adding|noting|saying|according|given)\b")
_ONCE = re.compile(  # said at another time than what the same speaker says before
    r"\b(?:originally|initially|previously|earlier|repeatedly|often|long|once|past|had \w+$)\b"
)
_STAY_OR_GO = re.compile(  # what a position is about
    r"\b(?:coalition|mission|troops|forces|presence|withdr[ae]w\w*|expel\w*|expulsion|leav\w+|left|"
    r"stay\w*|remain\w*|partnership|footprint|transition\w*|plans?|bases|"
    r"it (?:will|would|must|should|has|is|was))\b",
    re.I,
)
_DUE = re.compile(r"\b(?:will|would|(?:is|are) (?:expected|due|set|scheduled|likely) to)\b")
_UNDECIDED = re.compile(
    r"\b(?:before|until|once|if|whether|should|could|would|discuss\w*|negotiat\w*|talks?|deal|"
    r"postpon\w*|delay\w*|issues?|propos\w+|demand\w*)\b",
    re.I,
)
_NO_PLAN = re.compile(r"\b(?:plan\w*|aware|request\w*|discuss\w*|negotiat\w+)\b", re.I)
_TRANSITION = re.compile(r"\btransition|\bpartnership\b", re.I)
_LASTED = re.compile(  # a time before or after another thing, which no table holds
    r"[ -](?:days?|weeks?|months?|years?|decades?)\b(?: (?:after|before|later|earlier)\b|-)"
)
_UNSAID = 12  # words of what nobody is said to say
_ROOM = (  # words quoted and of prose, of what may hold a position and of what holds none
    ((QUOTED, PROSE), (18, 13)),
    ((QUOTED, PROSE), (14, 11)),
    ((20, PROSE), (10, 8)),
    ((16, 13), (7, 7)),
    ((12, 10), (6, 6)),
    ((8, 8), (5, 5)),
)
_TRIED = [*((room, _UNSAID) for room in _ROOM[:5]), *((room, 0) for room in _ROOM[2:])]


def propose(data: Dataset, source: Cells, text: str) -> dict[str, list[Cells]]:
    """Return {table: rows} that the article `text` of the row `source` calls for and lacks in
    `data`; ids of numbered rows are OPEN. A cell that the words do not decide is OPEN, too.
    Of what is said as many words are cited as the bound on all evidence of an article leaves room.
    """
    for room, unsaid in _TRIED:
        rows = _Draft(data, source, text, room, unsaid).all_rows()
        pieces = [row["evidence"] for table in rows.values() for row in table if "evidence" in row]
        run = words(text)
        cited, free, longest = covered(pieces, run), 0, 0
        for place in (place for place in range(len(run) + 1) if place not in cited):
            longest, free = max(longest, place - free), place + 1
        fits = len(cited) < 0.97 * SHARE * len(run) and longest <= RUN
        fits &= len(returned(pieces)[0]) < SHINGLES * (len(run) - W)
        if len(run) < SHORT or fits:
            break
    return rows


class _Draft(Occasions):
    """The rows of one article, as they are found from its first line to its last."""

    def __init__(
        self,
        data: Dataset,
        source: Cells,
        text: str,
        room: tuple[tuple[int, int], ...],
        unsaid: int,
    ):
        super().__init__(data, source["source_id"], date.fromisoformat(source["published"]))
        self.room, self.unsaid = room, unsaid  # words of a statement, at the most
        self.positions = data.codes("statements", "position")
        self.topics = data.codes("statements", "topic")
        self.concerned = data.codes("statements", "concerns")
        self.source, self.text = source, plain(text)
        roles = ((r["person_id"], r["role_as_written"]) for r in data.live("statements"))
        people = [dict(r) for r in data.live("people")]
        outlets = carried(data.codes("people", "kind"), "news_outlet", "hints")
        self.speakers = Speakers(people, roles, self.text, respelt(data), outlets)
        own = (source.get("outlet", ""), source.get("outlet_short", ""))
        self.speakers.own = tuple(name.casefold() for name in own)
        self.said: dict[str, str] = {}  # the event at which each spoke
        self.whole = ""  # what is said, before it is cut
        self.via = ""  # the outlet that was told, and through whom each spoke at an event
        self.through: dict[tuple[str, str], str] = {}

    def all_rows(self) -> dict[str, list[Cells]]:
        """Return the rows. Of an article that has rows already, for what none of them cites."""
        lines = self.text.split("\n")
        ours = (r for r in self.data.every() if r.get("source_id") == self.id)
        lacking = self._uncited() if any(r.get("evidence") for r in ours) else None
        headed = [number for number, line in enumerate(lines, 1) if line][:2]
        for number, line in enumerate(lines, 1):
            here = None if lacking is None else [s for n, _, s in lacking if n == number]
            if line and not heading(line) and not _BYLINE.match(line):
                self._paragraph(line, here)
            elif (
                number in headed and here is None and (number == headed[0] or not dates.find(line))
            ):
                self._headline(line)
        for number, kind, span in sorted(self._uncited()):
            if (number, kind, span) in self._uncited():  # not with the one before
                self._leftover(lines[number - 1], kind, span)
        for person in self.speakers.new:
            self._add("people", **person)
        self._series()
        self._headlined()
        self._attributed()
        self._known_roles()
        return self.rows

    def _of_the_day(self, line: str) -> bool:
        """Tell whether a line has the day of publication."""
        meant = [dates.resolve(written, self.published) for written, _ in dates.find(line)]
        return any(m and m.start == self.published.isoformat() for m in meant)

    def _uncited(self) -> set[tuple[int, str, Span]]:
        """Return line, kind and characters of what neither the data nor a proposal cites."""
        rows = [row for row in self.data.every() if row.get("source_id") == self.id]
        rows += [row for rows in self.rows.values() for row in rows]  # type: ignore[misc]
        found = coverage.account(self.id, self.text, rows)
        return {(f.line, f.kind, span) for f, span in found if not f.covered}

    def _headline(self, line: str) -> None:
        run = self.whole = window(line, (0, len(line)))
        if len(words(run)) >= W:
            self._statement("headline", run, "", "", ("published", self.published.isoformat(), ""))

    def _paragraph(self, line: str, lacking: list[Span] | None) -> None:
        """Propose the rows of a paragraph, sentence by sentence: those with a `lacking` span."""
        start = 0
        if (found := _DATELINE.match(line)) and len(found[1]) > W:
            reason = "byline" if self._of_the_day(found[1]) else "dateline"
            place, _, agency = found[1].partition(" (")
            text = found[1] if re.search(r"\d", agency) else place  # 'ERBIL (Kurdistan24)'
            self._add("set_aside", text=text.strip(), reason=reason)
            start = (
                found.end() + len(line[found.end() :]) - len(line[found.end() :].lstrip(" —–:-"))
            )
        if not SAYS.search(blank(line, [m.span() for m in QUOTATION.finditer(line)])):
            self.speakers.last = OPEN, OPEN  # a quotation of its own: whose, the words do not say
        for first, last in sentences(line, start):
            if lacking is not None and not any(first <= a < last for a, _ in lacking):
                continue
            sentence = self.sentence = line[first:last]
            self.here = []
            told = self._spoken(sentence)
            self._dated(sentence, told)
            for n in numbers(words(sentence)):
                self._counted(sentence, n)
            self._several(sentence)

    def _spoken(self, sentence: str) -> Span | None:
        """Propose the statements of a sentence; return where a date of its saying stands."""
        quotes = [m.span() for m in QUOTATION.finditer(sentence)]
        outside = blank(sentence, quotes)
        verbs = (m for m in SAYS.finditer(outside) if not _ASIDE.search(outside[: m.start()]))
        verb = next(verbs, None)
        long = [span for span in quotes if len(words(sentence[slice(*span)])) >= W]
        if not verb and not long:
            self._unsaid(outside, sentence)
            return None
        person, role = self._speaker(outside, verb, sentence)
        if self._narrated(role, sentence) or NO_ROLE.search(role.partition(", ")[0]):
            person, role = self.speakers.last = OPEN, OPEN
            if not long:
                return None
        self.speakers.last = person, role
        self.speakers.spoke.append((person, role))
        when, where = self._when(outside, verb, person) if verb else self._as_before(person)
        event = self._occasion(person, when, sentence, verb, where)
        told = self.speakers.outlet(outside, verb, sentence) if verb else ""
        self.via = self.through.setdefault((person, event), told) if event else told
        if person == OPEN and long and len(words(role)) < W:
            role = ""  # words that no row proves
        for first, last in long:
            for begun, piece in enumerate(quoted_runs(sentence[first + 1 : last - 1])):
                piece = max(piece.split(JOINT), key=len)  # what the article itself leaves out
                run = self._cut(piece, (0, len(piece)), 0)
                note = ""
                alone = SENTENCE.search(run) or (begun and SAYING.search(run))
                if person not in ("", OPEN) and alone:
                    name = self.speakers.named_as(person)
                    note = f"Of a quotation of which {name} is named as the speaker."
                self._statement("quote", run, person, role, when, event, note)
        if verb and not long:
            run = self._paraphrase(sentence, verb, person, role, told)
            self._statement("paraphrase", run, person, role, when, event)
        return where

    def _narrated(self, role: str, sentence: str) -> bool:
        """Propose what the outlet says that it has reported, as its own words."""
        if role.casefold() not in self.speakers.own:
            return False
        self._narration(sentence)
        return True

    def _unsaid(self, outside: str, sentence: str) -> None:
        """Note of whom a sentence tells in which nobody speaks; propose what it says will be."""
        names = [n for n in NAME.findall(outside) if " " in n]
        if any(n not in self.speakers.last[1] for n in names):  # 'he said' may mean another
            self.speakers.last = self.speakers.told_of(outside)
        run = cut(sentence, (0, len(sentence)), self.unsaid, 0) if self.unsaid else ""
        if _DUE.search(run) and self._decides(run):
            self._narration(run)

    def _narration(self, sentence: str) -> None:
        run, self.whole = cut(sentence, (0, len(sentence)), PROSE), sentence
        self._statement("narration", run, "", "", ("published", self.published.isoformat(), ""))

    def _speaker(self, outside: str, verb: re.Match[str] | None, sentence: str) -> tuple[str, str]:
        """Return id and role of who speaks by a verb of saying, of none who spoke last: '' where
        the article hides who.
        """
        if not verb:
            return self.speakers.last
        person, role = self.speakers.who(outside, verb, sentence)
        return "" if person == OPEN and _UNNAMED.fullmatch(role) else person, role

    def _cut(self, text: str, span: Span, prose: int) -> str:
        """Return the words of a span that prove it, with those that may carry a position."""
        whole, codes = text[slice(*span)], self.positions
        self.whole = whole
        decides = self._decides(whole)
        most = self.room[not decides][prose]
        run = cut(text, span, most)
        if decides and not supported(run, codes):
            phrases = (re.escape(p) for c in codes for p in c.get("words", ()))
            first = re.search(rf"\b(?:{'|'.join(phrases)})", whole, re.I)
            at, after = (clause_at(whole, first.start())[0], first.end()) if first else (0, 0)
            if _BESIDE.match(whole, at):  # '…, citing the lack of a withdrawal': not what is said
                return run
            before = [m.start() for m in WORD.finditer(whole, at, after)]
            subject = WORD.search(whole)
            head = window(whole, subject.span()) if subject and prose and not at else ""
            late = before[len(words(head)) - most + 2 :] if head else []
            gap = whole[whole.find(head) + len(head) : late[0]] if late else ""
            lost = self.data.package.get("kept", ())
            if len(words(gap)) and not KEPT.search(gap) and {*words(gap)}.isdisjoint(lost):
                rest = cut(text, (span[0] + late[0], span[1]), most - len(words(head)), 0)
                return f"{head}{JOINT}{rest}"
            at = max(at, before[-most + 2 :][0]) if before else at
            at = whole.rfind(" ", 0, at) + 1 if at else at  # not within 'U.S.-led'
            return cut(text, (span[0] + at, span[1]), most)
        return run

    def _paraphrase(
        self, sentence: str, verb: re.Match[str], person: str, role: str, told: str
    ) -> str:
        """Return the words that prove a paraphrase, and its speaker where no other row does."""
        if told and verb[0] == "told":
            return self._cut(sentence, (verb.start(), len(sentence)), 1)
        run = self._cut(sentence, content(sentence, verb), 1)
        if role in run:
            return run
        proofs = [*self.speakers.new, *(r for rows in self.rows.values() for r in rows)]
        proved = {word for row in proofs for word in words(row.get("evidence", ""))}
        short = 0 < len(words(role)) < W and (person == OPEN or {*words(role)} - proved)
        at, begun = sentence.find(role), sentence.find(run)
        if not short or at < 0 or begun < 0:
            return run
        by = verb.start() if verb[0] == "according to" else at
        proof = window(sentence, (min(by, at), at + len(role)))
        if at < begun <= at + len(proof) + 1:  # one run of words
            return cut(sentence, (at, begun + len(run)), PROSE)
        run = cut(sentence, (begun, begun + len(run)), PROSE - len(words(proof)), 0)
        return JOINT.join([proof, run] if at < begun else [run, proof])

    def _when(
        self, outside: str, verb: re.Match[str], person: str
    ) -> tuple[tuple[str, str, str], Span | None]:
        """Return precision, day and words of the date by a verb of saying, and where it stands."""
        for written, at in dates.find(outside):
            end = at + len(written)
            if at >= verb.end():
                by = bool(FILLER.fullmatch(outside, verb.end(), at))
                by |= verb[0] == "announced" and bool(OBJECT.fullmatch(outside, verb.end(), at))
            else:
                between, opens = outside[end : verb.start()], OPENING.fullmatch(outside, 0, at)
                first = opens and FIRST.fullmatch(WHICH.sub(" ", between))
                by = between.strip() == "" or bool(first)
            meant = dates.resolve(written, self.published)
            if by and meant:
                again = re.match(r", \w+day\b", outside[end:])  # 'today, Friday'
                return (meant.precision, meant.start, written), (
                    at,
                    end + len(again[0] if again else ""),
                )
        return self._as_before("" if _ONCE.search(outside[: verb.end()]) else person)

    def _as_before(self, person: str) -> tuple[tuple[str, str, str], Span | None]:
        event = self.events.get(self.said.get(person, "")) if person not in ("", OPEN) else None
        if event and event["kind"] == "announcement" and event["precision"] == "day":
            return ("day", event["start"], ""), None
        return ("undated", "", ""), None

    def _statement(
        self,
        form: str,
        run: str,
        person: str,
        role: str,
        when: tuple[str, str, str],
        event: str = "",
        note: str = "",
    ) -> None:
        if len(words(run)) < W:
            return
        negated = NEGATION.search(self.whole) and (
            form != "paraphrase" or _STAY_OR_GO.search(self.whole)
        )
        deciding = self._decides(self.whole) or negated
        position = self._position(run, form) or (OPEN if deciding else "none")
        own, spoken = form in ("headline", "narration"), person not in ("", OPEN)
        self._add(
            "statements",
            event_id=OPEN if form == "headline" else event,
            person_id=person,
            via_person_id="" if own else self.via,
            role_as_written="" if own else role,
            side="outlet" if own else OPEN if person else "unstated",
            date=when[1],
            precision=when[0],
            date_as_written="" if own else when[2],
            form=form,
            topic=OPEN,
            concerns=OPEN,
            position=position,
            key_words=OPEN,
            evidence=run,
            note=note or (UNDATED if when[0] == "undated" else ""),
        )
        if spoken:
            side = next(p["side"] for p in self.speakers.people if p["person_id"] == person)
            self.rows["statements"][-1]["side"] = side

    def _decides(self, run: str) -> bool:
        """Tell whether words may carry a position on who stays or leaves."""
        return bool(supported(run, self.positions) and _STAY_OR_GO.search(run))

    def _position(self, run: str, form: str) -> str:
        """Return the position that words leave no choice in, '' for none."""
        found = supported(run, self.positions)
        if "no_plan" in found and found & {"mission_ends", "forces_leave"} and _NO_PLAN.search(run):
            return "no_plan"
        doubts = (NEGATION, HEDGE, _UNDECIDED)
        doubt = any(mark.search(self.sentence) for mark in doubts)
        violent = hinted(self.sentence, self.topics) == "violence"  # 'end their attacks'
        if doubt or violent or form not in ("quote", "paraphrase"):
            return ""
        if found == {"transition"} and _TRANSITION.search(run):
            return "transition"
        named_so = bodies(run, self.concerned)
        leaving = "mission_ends" if named_so == {COALITION} else "forces_leave"
        one = len(named_so) == 1 and named_so <= {COALITION, FORCES, EVERYONE}
        return leaving if one and found == {"mission_ends", "forces_leave"} else ""

    def _headlined(self) -> None:
        """Give the headlines the one event of whose words they have most, three at least."""
        told: dict[str, set[str]] = defaultdict(set)
        for row in (row for table in ("mentions", "statements") for row in self.rows[table]):
            told[row["event_id"]] |= telling(row["evidence"])
        for event in self.rows["events"]:
            told[event["event_id"]] |= telling(event["title"])
        for row in self.rows["statements"]:
            if row["form"] == "headline":
                own = telling(row["evidence"])
                shared = {e: len(own & has) for e, has in told.items() if e not in ("", OPEN)}
                best = max(shared.values(), default=0)
                fits = [event for event, count in shared.items() if count == best]
                row["event_id"] = (
                    fits[0] if best > 2 and len(fits) == 1 else OPEN if best > 1 else ""
                )

    def _attributed(self) -> None:
        """Give a toll the speaker whom its evidence names; leave out an outlet that none names."""
        for row in self.rows["attacks"]:
            verb = SAYS.search(row["evidence"])
            person = self.speakers.known(speaker_by(row["evidence"], verb)) if verb else None
            row["person_id"] = person["person_id"] if person else ""
        names = {p["person_id"]: p["named_as"] for p in self.speakers.people}
        for row in self.rows["statements"]:
            told = names.get(row["via_person_id"], "")
            if told and not named(told, row["evidence"]):
                row["note"] = f"{row['note']} {told} is named in the sentence.".strip()

    def _known_roles(self) -> None:
        """Cut from short roles the words before a name that no evidence has."""
        proofs = [r.get("evidence", "") for rows in self.rows.values() for r in rows]
        proofs += [r["role_as_written"] for r in self.rows["statements"]]
        known = {word for proof in proofs if len(words(proof)) >= W for word in words(proof)}
        names = {p["person_id"]: p["named_as"] for p in self.speakers.people}
        for row in self.rows["statements"]:
            role, name = row["role_as_written"], names.get(row["person_id"], "")
            if name and len(words(role)) < W and role.endswith(name):
                sure = {*known, *words(name), "the", "a", "an"}
                row["role_as_written"] = role if {*words(role)} <= sure else name

    def _leftover(self, line: str, kind: str, span: Span) -> None:
        """Propose to set aside what no row cites: the reason stays open where words do not tell."""
        reason = OPEN
        if _BYLINE.match(line):
            reason = "byline" if self.source["author"] and self.source["author"] in line else OPEN
        elif heading(line) and self._of_the_day(line):
            reason = "byline"
        elif _TEASER.match(line):
            reason = "teaser"
        elif kind == "quotation" and not SAYING.search(line):
            reason = "scare_quotes"
        elif re.match(
            r"(?:one|two|three) of (?:the|its|those|these)\b|one-|"
            r"two (?:countries|sides|states|nations)\b",
            line[span[0] :],
            re.I,
        ) or re.search(r"\b[A-Z]{1,3}-\d+$", line[: span[1]]):  # 'the K-1 base'
            reason = "not_a_count"
        elif _LASTED.search(line[slice(*span)]) or _LASTED.match(line, span[1]):
            reason = "background"
        whole = reason in ("byline", "teaser") or (heading(line) and len(words(line)) <= PROSE)
        marked = kind == "quotation" and len(words(line[slice(*span)])) < W
        within = next((s for s in sentences(line, 0) if s[0] <= span[0] < s[1]), None)
        proof = window(line, span, within)
        run = line if whole else line[slice(*span)] if marked else proof
        self._add("set_aside", text=run, reason=reason)
