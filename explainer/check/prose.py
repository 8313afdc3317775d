"""The chapters' sentences: what a sentence says is found in the rows that it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from explainer.check.claims import ALIASES, NUMBERED, Claim, Grounds, claims, grounds, reports
from explainer.check.diction import ADDED, DOING, diction_of
from explainer.check.matching import bodies
from explainer.check.proofs import Proofs, proofs_of
from explainer.check.rules.cells import readable
from explainer.check.rules.own_words import known_names
from explainer.data.dataset import CONTEXT, Dataset, Problem
from explainer.data.evidence import words
from explainer.data.grammar import HEDGE, NEGATION, SAYING
from explainer.data.grammar import sentences as parted

OWN = ("method", "data", "corrections", "evidence")  # of these only what they quote is proved
# Sections of the book's own reasoning.
REASONING = ("What not to conclude", "How to read on", "How we know", "Limits")
TERMS = ALIASES[0] | ALIASES[1]  # the two parties, of whom the whole book speaks
PLACES = ALIASES[3] | {"kurdistan", "region"}  # of which a counted number may be
# A sentence with such a claim is one of fact.
FACTUAL = ("number", "date", "quotation", "name", "hedge")
JOINTLY = "joint"  # the side of both governments
PART = re.compile(r"[.,;:](?=\s)|\b(?:and|while|but)\b")
_LIST = ("nor", "neither")  # they go on with what was denied before
_PROVING = ("proof", "words", "outlet")
_ROLE = re.compile(r"\{([\w:]+)\}`([^`]*)`")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<[^>]+>")  # the words of a link stay
_MARK = re.compile("\ue000(\\d+)\ue001")
_LED = re.compile("\\s*(?:\ue000\\d+\ue001[\\s*]*)+")
STAYING = re.compile(r"\b(?:denial|lack|stay|remain)\w*", re.I)  # a denial in other words
_ASKING = re.compile("Whether|If |What ")
_UNTOLD = re.compile(r"\A---\n(?:.*\n)*?---$|^```\{code-cell\}.*\n(?:.*\n)*?```$", re.M)
_SKIP = re.compile(r"^(?:```|:::|~~~|:[\w-]+:|\||<!--|%|\(\w[\w-]*\)=)")
_ACT = re.compile(
    r"\b(?:kill|injur|wound|attack|struck|strike|withdr|invad|vot|agree|sign|deni|den[yi]|announce)\w*",
    re.I,
)
# What is said of the reports themselves: that they do not say it, not that it is not so.
_SILENCE = re.compile(
    r"\b(?:no|none|not|nobody|neither|nothing|without|never)\b[^.;]{0,60}\b(?:article|report|outlet|page|says?|said|g[ia]ve[ns]?|nam(?:e|es|ed)"
    r"|print(?:s|ed)?|counts?|counted|tells?|told|number|date|day|source|figure|word|row|known|stat(?:es?|ed)|mentions?|contradict|hedge)\b"
    r"|\b(?:article|report|outlet|page|figure|number)s?\b[^.;]{0,60}\b(?:not|no|none|nobody|never|without)\b",
    re.I,
)


@dataclass
class Sentence:
    """A sentence of a chapter: its text and place, the rows it cites, the numbers it names."""

    file: str
    line: int
    section: str
    text: str
    rows: list[str] = field(default_factory=list)
    counted: bool = False  # whether it names a number that the data gives
    glued: bool = False  # itself, and not only its paragraph
    led: str = ""  # what its paragraph says before it
    source: str = ""  # as it is typed, its proofs among its words, white space made even
    clauses: list["Sentence"] = field(default_factory=list)  # each to the proofs that close it

    def problem(self, message: str) -> Problem:
        """Return the problem that `message` tells of this sentence."""
        return Problem(self.file, self.line, "", f"“{' '.join(self.text.split())}”", message)


def check(data: Dataset, root: Path) -> Iterator[Problem]:
    """Yield what the sentences of the chapters in `root` say that their proofs do not."""
    proofs, names = proofs_of(data), known_names(data)
    for path, name in chapters(root):
        for sentence in sentences(path.read_text(encoding="utf-8"), name):
            yield from _judged(sentence, proofs, names, path.stem)


def chapters(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield the file of each page in `root` that is written as text, and its name below `root`."""
    for path in [root / "index.md", *sorted((root / "chapters").glob("*.md"))]:
        if path.exists():
            yield path, path.relative_to(root).as_posix()


def sentences(text: str, file: str, headings: bool = False) -> Iterator[Sentence]:
    """Yield a chapter's sentences, without its header and cells; with `headings` these, too."""
    section, start, block = "", 0, list[str]()
    told = _UNTOLD.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate([*told.split("\n"), ""], 1):
        skipped = not line.strip() or _SKIP.match(line)
        if block and (skipped or line.startswith(("- ", "* ", "#", "1. "))):
            yield from _split("\n".join(block), file, start, section)
            block = []
        if line.startswith("#"):
            section = line.lstrip("# ").strip()
            if headings:
                yield Sentence(file, number, section, section, source=" ".join(line.split()))
        elif not skipped:
            start = start if block else number
            block.append(line.removeprefix("- "))


def _split(block: str, file: str, line: int, section: str) -> Iterator[Sentence]:
    roles, typed = _ROLE.findall(block), [m.group() for m in _ROLE.finditer(block)]
    count = iter(range(len(roles)))
    marked = _ROLE.sub(lambda m: f"\ue000{next(count)}\ue001", block)
    pieces: list[str] = []
    for piece in parted(marked):
        led = _LED.match(piece)
        proofs = led and all(roles[int(i)][0] == "proof" for i in _MARK.findall(led.group()))
        if led and proofs and pieces:  # after the full stop: of the sentence before it
            pieces[-1] += " " + led.group()
            piece = piece[led.end() :]
        if _LINK.sub(r"\1", piece).strip():
            pieces.append(piece)
    found: list[Sentence] = []
    for piece in pieces:
        before = " ".join(one.text for one in found)
        source = " ".join(_MARK.sub(lambda m: typed[int(m[1])], piece).split())
        empty = Sentence(file, line, section, "", source=source)
        whole = _filled(empty, piece, roles, before)
        for part in _closed(piece, roles):
            so_far = " ".join([before, *(one.text for one in whole.clauses)])
            whole.clauses.append(_filled(empty, part, roles, so_far))
        found.append(whole)
    opening = "".join(re.findall(r"^\s*\*\*([^*]+)\*\*", marked))
    for sentence, piece in zip(found, pieces, strict=True):
        # A lead in bold is proved by its whole paragraph.
        if opening and piece.strip().strip("*") in opening and not sentence.rows:
            sentence.rows = [row for one in found for row in one.rows]
            sentence.counted = any(one.counted for one in found)
            sentence.clauses = []
    yield from found


def _closed(piece: str, roles: list[tuple[str, str]]) -> list[str]:
    """Return the parts of a sentence, each to the end of the proofs that close it."""
    ends = [0]
    for mark in _MARK.finditer(piece):
        after = _MARK.split(piece[mark.end() :], maxsplit=1)[0]
        if roles[int(mark[1])][0] in _PROVING and re.search(r"\w", after):
            ends.append(mark.end())
    return [piece[a:b] for a, b in zip(ends, [*ends[1:], len(piece)], strict=True)]


def _filled(empty: Sentence, piece: str, roles: list[tuple[str, str]], led: str) -> Sentence:
    """Return a sentence, or a part of one, with its text and its rows."""
    used = [roles[int(i)] for i in _MARK.findall(piece)]
    text = re.sub(r"[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}", "", _MARK.sub(" ", _LINK.sub(r"\1", piece)))
    named = [argument for role, argument in used if role.startswith("glue")]
    cited = [row for role, argument in used if role in _PROVING for row in argument.split()]
    counted, rows = bool(named) or ("words" in dict(used)), [*cited, *map(_row_of, named)]
    return replace(empty, text=text, rows=rows, counted=counted, glued=counted, led=led, clauses=[])


def _row_of(key: str) -> str:
    """Return the id of the row or event that the key of a number names, if it names one."""
    return re.sub("^(?:date|month)_", "", key).replace("_", "-")


def _judged(
    sentence: Sentence, proofs: Proofs, names: frozenset[str], page: str
) -> Iterator[Problem]:
    yield from _cited(sentence, proofs)
    own = page in OWN or sentence.section.startswith(REASONING)
    facts = [claim for claim in _said(sentence, names, own) if claim.kind in FACTUAL]
    proved = any(proofs.known(row) for row in sentence.rows)
    claimed = facts or any(count for _, count in reports(sentence.text))
    unproved = claimed and not proved and not sentence.counted
    unsaid = _reports(sentence.text) and not sentence.glued and not proofs.told(sentence.rows)
    if not own and (unproved or unsaid):
        what = f'"{facts[0].written}"' if facts else "what somebody said or did"
        where = _advice(facts[0], proofs) if facts else ""
        yield sentence.problem(f"has no proof for {what}{where}")
        return
    for clause in sentence.clauses or [sentence]:
        if not any(proofs.known(row) for row in clause.rows):  # what goes before closes it, too
            clause.rows, clause.counted = sentence.rows, sentence.counted
        said, given = _said(clause, names, own), proofs.of(clause.rows)
        first = clause in sentence.clauses[:1]  # it may name whom the next ones prove
        for claim in (claim for claim in said if claim.kind != "negation"):
            ahead = first and claim.kind in ("name", "date")
            if not (given.give(claim) or (ahead and proofs.of(sentence.rows).give(claim))):
                yield clause.problem(_ungiven(claim, proofs))
        if proved and not own:
            yield from _weighed(clause, said, given, proofs)
            yield from _softened(clause, proofs)
            yield from _swapped(clause, proofs) if sentence.clauses else ()


def _cited(sentence: Sentence, proofs: Proofs) -> Iterator[Problem]:
    """Yield what is wrong with the rows that a sentence cites, and with its letters."""
    for row in sentence.rows:
        if re.fullmatch(r"[a-z]{3}-\d{4,}", row) and not proofs.known(row):
            yield sentence.problem(f"cites {row}, which is no row")
        elif any(held.get("tier") == CONTEXT for held in proofs.held([row])):
            yield sentence.problem(f"cites {row}, another source: cite a fact of record.csv")
        elif later := proofs.later(row):
            now = f"{later} stands in its place" if later != row else "no row takes its place"
            yield sentence.problem(f"cites {row}, which was wrong: {now}")
        elif proofs.wordless(row):
            what = "which has no words of a source: cite one that has"
            yield sentence.problem(f"cites {row}, {what}")
    if strange := next((c for c in dict.fromkeys(sentence.text) if not readable(c)), ""):
        yield sentence.problem(f"has {strange!r} (U+{ord(strange):04X}), which looks like another")


def _ungiven(claim: Claim, proofs: Proofs) -> str:
    if claim.kind == "exact":
        return f'says "{claim.written}" without the bound that the rows that it cites put on it'
    written = claim.written if claim.kind == "quotation" else f'"{claim.written}"'
    return f"says {written}, which no row that it cites gives" + _advice(claim, proofs)


def _said(sentence: Sentence, names: frozenset[str], own: bool) -> list[Claim]:
    """Return the claims of a sentence that its proofs have to give."""
    free = TERMS | PLACES if sentence.counted else TERMS
    said = claims(sentence.text, names)
    if own:
        return [claim for claim in said if claim.kind == "quotation"]
    return [claim for claim in said if claim.kind != "name" or claim.value not in free]


def _weighed(
    sentence: Sentence, said: list[Claim], given: Grounds, proofs: Proofs
) -> Iterator[Problem]:
    """Yield where a sentence denies what its rows do not, tells their opposite, or of others."""
    text, rows, diction = sentence.text, sentence.rows, diction_of(proofs.data)
    denials = [c.written for c in said if c.kind == "negation" and c.written.lower() not in _LIST]
    free = sentence.counted or proofs.denied(rows) or _SILENCE.search(text)
    if denials and not free:
        yield sentence.problem(f'says "{denials[0]}", and no row that it cites denies anything')
    for wrong in diction.against(text, given.words, proofs.texts(rows), ""):
        yield sentence.problem(wrong)
    if word := diction.strange(text, given.words):
        how = f"which no row that it cites says: cite one that does; {ADDED}"
        yield sentence.problem(f'says "{word}", {how}')
    if sentence.counted:
        return
    sources = {row["source_id"] for row in proofs.held(rows) if row.get("source_id")}
    if (told := reports(text)) and len(sources) < len(proofs.data.articles()):
        yield sentence.problem(f'says "{told[0][0]}", and cites rows of {len(sources)}')
    named, held = bodies(text, proofs.concerned), proofs.names(rows)
    if proofs.told(rows) and held and (others := named - held):
        theirs = " and ".join(sorted(held))
        yield sentence.problem(f"names {others.pop()}, and the rows that it cites {theirs}")


def _softened(sentence: Sentence, proofs: Proofs) -> Iterator[Problem]:
    """Yield where a sentence says plainly what all its rows deny, doubt, or let somebody say."""
    text, rows = sentence.text, proofs.told(sentence.rows)
    if not rows or sentence.glued:  # what is quoted has its own words
        return
    keys = [row.get("key_words") or row.get("evidence", "") for row in rows]
    if all(map(HEDGE.search, keys)) and not HEDGE.search(text):
        yield sentence.problem(f'leaves out the hedge of "{keys[0]}"')
    all_deny = all(row.get("key_words") and NEGATION.search(row["key_words"]) for row in rows)
    if all_deny and DOING.search(text) and not (NEGATION.search(text) or STAYING.search(text)):
        yield sentence.problem(f'says plainly what the rows that it cites deny: "{keys[0]}"')
    spoken = [r for r in rows if r.table == "statements" and r["person_id"]]
    agreed = any(row.get("side") == JOINTLY for row in rows)
    if len(spoken) < len(rows) or agreed or sentence.counted or "“" in text:
        return
    if not SAYING.search(sentence.led + text) and not set(words(text)) & proofs.speakers(spoken):
        who = spoken[0]["role_as_written"] or spoken[0]["person_id"]
        yield sentence.problem(f"tells as a fact what {who} says: name who says it")


def _swapped(sentence: Sentence, proofs: Proofs) -> Iterator[Problem]:
    """Yield a number in a part of a sentence with a word that only a row of another number has."""
    rows = [r for r in proofs.held(sentence.rows) if any(r.get(c) for c in NUMBERED)]
    facts = diction_of(proofs.data).facts
    numbers = {r.key: {int(r[c]) for c in NUMBERED if r.get(c)} for r in rows}
    own = {r.key: facts(" ".join(grounds([r], proofs.labels).words)) for r in rows}
    for part in PART.split(sentence.text) if len(rows) > 1 else ():
        values = {c.value for c in claims(part, frozenset()) if c.kind == "number"}
        of = [key for key, held in numbers.items() if held & values]
        if len(values) == 1 and of:
            having = set[str]().union(*(own[key] for key in of))
            others = set[str]().union(*(own[key] for key in own if key not in of)) - having
            if word := min(facts(part) & others, default=""):
                what = f'has {values.pop()} with "{word}…"'
                yield sentence.problem(f"{what}, which only a row of another number has")


def _advice(claim: Claim, proofs: Proofs) -> str:
    rows = proofs.giving(claim)
    return f": {', '.join(rows)} would do" if rows else ": no row has it"


def _reports(text: str) -> bool:
    """Tell whether a sentence reports what a party said or did."""
    asks = text.rstrip("*_ ").endswith("?") or _ASKING.match(text.lstrip("*_ "))
    tells = SAYING.search(text) or _ACT.search(text)
    return bool(tells and not asks and TERMS & set(words(text)) and not NEGATION.search(text))
