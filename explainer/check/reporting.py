"""What a report's sentences show of who speaks and of the words that prove a row: patterns of
English news prose, not a parser. What they do not find stays open.
"""

import re
from collections.abc import Iterable, Iterator

from explainer.check.matching import Codes, supported
from explainer.check.rules.wordings import PROSE
from explainer.data import dates
from explainer.data.evidence import JOINT, W, words
from explainer.data.grammar import CLAUSE, HEDGE, NEGATION, SENTENCE, pieces

Span = tuple[int, int]  # characters of a line

IRAQI = ("iraq", "iraqi", "iraq's", "baghdad", "baghdad's")
_COMMON = ("the", "and", "for", "with", "from", "that", "said", "says", "its")
WORD = re.compile(r"\w+(?:[-.,'’/:]\w+)*")
QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
_MONTH = "|".join(month.title() for month in dates.MONTHS)
_DAY = (
    r"(?:,? (?:on |late on |early on |late |early )?\w+day\b(?: morning| night| evening)?|"
    r",? (?:on|in) [A-Z]\w+ \d{1,2}\b|"
    rf",? in (?:early |late )?(?:{_MONTH})\b(?: \d{{4}})?)"
)
_BEHIND = re.compile(  # who speaks, after a verb of saying
    r"(?:[\w’'.-]+ ){0,11}?[\w’'.-]*\w(?:, (?:an?|the) [a-z][^,“”]*)?"
    rf"(?=\.?$|[,;:“]|{_DAY}| in an? | late | as | after | during | at | when | following | told )"
)
_AFTER = re.compile(
    rf"(?:(?<=told)(?: [A-Z][\w.-]+)+(?=,| that| (?:he|she|they|the|in|on)\b)|{_DAY}|"
    r" in (?:an?|his|her|its) \w+| reporters| journalists|,|"
    r" that)*"
)
FILLER = re.compile(
    r"(?: (?:reporters|journalists|late|early|on|in)| in an? (?:[\w-]+ ){0,2}(?:statement|"
    r"interview|briefing|post|speech|message|letter|conference)"
    r"(?: on (?:the )?(?:social media (?:platform )?)?(?:X|Twitter|Facebook|Telegram))?|"
    r" at a (?:news |press )?(?:conference|briefing)| in an?|"
    r" in [A-Z]\w+|"
    r" (?:the )?[A-Z][\w’-]+(?: [A-Z][\w-]+)*|,)* "
)  # between a verb of saying and its date
OBJECT = re.compile(  # 'announced an agreement with Iraq Friday': a thing, and no clause
    r" (?!that\b)(?:(?:letter|message|note) to |"
    r"(?!that\b|to\b|will\b|would\b|which\b|who\b|on\b|for\b|from\b)[\w’'.-]+ ){1,12}"
    r"(?:on )?"
)
OPENING = re.compile(
    r"(?:On |In |(?:Earlier|Late|Early) (?:in )?|Previously,? (?:on |in )?|"
    r"In an? (?:\w+ )?\w+ (?:with (?:reporters|journalists) )?(?:on )?)?"
)  # before a date that opens it
FIRST = re.compile(r",? [^,]{3,60} ")  # between a date that opens a sentence and its verb
WHICH = re.compile(r", (?:which|who|whose|speaking)\b[^,“”]*, ?")  # 'X, which is a group, said'
TITLE = re.compile(  # an attack or a strike as the book's titles say it
    r"\b(?P<by>(?:US|U\.S\.|American) )?"
    r"(?:(?:[Dd]rone|[Rr]ocket|[Mm]issile|[Aa]ir|[Rr]etaliatory) )*"
    r"(?P<what>(?:air)?strikes?|[Aa]ttacks?) (?:in|near|on|at) (?:the )?"
    r"(?:(?P<us>(?:US|U\.S\.|American) (?:forces|troops|soldiers|bases|personnel))|"
    r"(?:(?:eastern|western|northern|southern|central) )?"
    r"[A-Z]\w+(?: al-[A-Z]\w+)?(?: and [A-Z]\w+)?)(?=[ ,](?:on |late |early |in )*$)"
)
US_STRUCK = re.compile(  # who struck, where the strike itself does not name it
    r"\b(?:US|U\.S\.|United States|American) (?:forces |has |had |military )?"
    r"(?:launched|carried out|conducted) "
    r"(?:[\w-]+ ){0,6}?(?:air)?strikes?\b|"
    r"\b(?:air)?strikes? (?:launched|carried out|conducted) by the (?:US\b|U\.S\.|United States)|"
    r"\b(?:air)?strikes? (?:that )?(?:the )?(?:US|U\.S\.|United States) (?:launched|carried out)"
)
AT_ONCE = re.compile(r"(?: (?!for\b|after|following|since|over\b|\w+day\b|[\d])[\w’'-]+){0,7} ?")
_APPOSED = re.compile(
    r"(?:an?|the) (?:[\w-]+ ){0,3}(?:spokes\w+|minister|head|chief|official|commander|director|"
    r"member|advis[eo]r|leader|officer|analyst|secretary|envoy|president|lawmaker|agency|outlet|"
    r"newspaper|group|militia|network)\b|who\b|one of\b|"
    r"(?:[\w-]+ ){0,2}"
    r"(?:spokes\w+|(?:co-)?founder|leader|head|chief|commander|director|member) of\b"
)
_CAPITAL = r"(?:[a-z]{2}-)?[A-Z][\w’'.-]*"
NAME = re.compile(rf"{_CAPITAL}(?: (?:{_CAPITAL}|(?:bin|ibn|van|de|of|for|the)(?= [A-Z])))*")
NO_ROLE = re.compile(  # words that no name or title of a speaker holds
    r"\b(?:was|were|is|are|has|had|have|that|which|who|will|would|after|when|struck|"
    r"(?<!-)(?!(?:allied|armed|retired|unnamed)\b)[a-z]+ed)\b|^(?:[Nn]o|and|or|but|by|citing|quoting)\b"
)
_DASHED = re.compile(r" [—–] [^—–“”]* [—–]$")  # 'X — a group that …  — said'
_RELATIVE = re.compile(r"(?<=[a-z]s) who\b[^,]*$")  # 'officials who briefed reporters on Friday'
_SAID_HOW = re.compile(r" (?:\w+day )?(?:on (?:the )?condition of|on a call|speaking|in a call)\b")
_OPENED = re.compile(
    r"(?:Following|After|Before|During|Under|Since|While|Despite|Amid|In|On|With|So|For|At|By|while|"
    r"although|though|if)\b"
    r"[^,“”]{3,60}, |(?:We|I) can (?:confirm|say) that "
)
_AND = re.compile(r" (?:and|or) ")
LEADING = re.compile(  # words that no phrase ends with
    r"of|the|an?|and|or|to|in|on|at|by|for|from|with|about|that|as|no|its?|there|is|are|was|were|be|been|"
    r"will|would|has|have|had|this|these|our|their|his|her|we|they|he|she|who|which|\w+[’']s",
    re.I,
)
_ONE_NAME = re.compile(r"[A-Z][\w’-]+ [A-Z][\w’-]+")  # that is not cut
PRONOUN = re.compile(r"(?:he|she|it|they|(?:the|its|a) statement)", re.I)

_PLACED = r"\b(?:in|at|near|from|inside|across|outside|on|to|throughout|around|and) (?:\w+ ){0,2}$"
PRESENT = re.compile(
    r"\b(?:is|are|has|have|hosts?|remains?|keeps?|maintains?|currently|still|its|stations|"
    r"stationed)\b"
)
PAST = re.compile(
    r"\b(?:was|were|had|sent|(?<!are )(?<!is )(?<!currently )deployed|withdrew|pulled|left|peak|"
    r"once|cut)\b"
)
AHEAD = re.compile(
    r"\b(?:will|would|next|due|scheduled|set to|expected to|plans? to|expects?|until|"
    r"before)\b|\bby $"
)
HAPPENED = re.compile(
    r"\b(?:attack|strike|struck|hit|fire|salvo|airstrike|raid|kill|injur|wound|vote|invad|invasion|"
    r"broke out|withdr|agree|met|meeting|talk|visit|end|began|begin|start|launch|sign|"
    r"arriv|left|leave)\w*",
    re.I,
)
HURT = re.compile(
    r"\b(?:kill|injur|wound|dead|died|dies|death|attack|strike|struck|airstrike|raid|hurt)\w*", re.I
)
LASTING = re.compile(
    r"\b(?:for|over|within|next|last|past|since|after|more|left|later|until)\b", re.I
)
FORCE = re.compile(r"\b(?:US|U\.S|United States|Washington|American|coalition|allied|its)\b")
PLACE = re.compile(
    r"\b(?:in|at|near|from|inside|outside|across|on|to) (?:[a-z-]+ ){0,2}(?!\w+day\b|(?:"
    + _MONTH
    + r")\b|[A-Z][a-z]{2,3}\. )[A-Z][\w’-]+(?: al-[A-Z]\w+)?(?: and [A-Z]\w+)?|"
    r"\b[A-Z]\w+(?= hosts\b)"
)
TROOPS = re.compile(
    r"\b(?:troops|soldiers|service ?(?:members|men)|personnel|forces|advis[eo]rs)\b"
)


def sentences(line: str, start: int) -> Iterator[Span]:
    """Yield where each sentence of a line begins and ends; a quotation is not cut."""
    quotes = [m.span() for m in QUOTATION.finditer(line)]
    first = start
    for _, end in pieces(SENTENCE, line):
        last = end + len(re.match(r'["”’)]*', line[end:])[0])  # type: ignore[index]
        if last > first and not any(a < last < b for a, b in quotes):
            yield first + len(line[first:last]) - len(line[first:last].lstrip()), last
            first = last


def blank(sentence: str, spans: Iterable[Span]) -> str:
    """Return a sentence with its quotations blanked, as long as before."""
    for a, b in spans:
        sentence = sentence[:a] + "“" + " " * (b - a - 2) + "”" + sentence[b:]
    return sentence


def speaker_by(outside: str, verb: re.Match[str]) -> str:
    """Return the words that name who speaks, before or after a verb of saying: '' for nobody."""
    after = _AFTER.match(outside, verb.end())
    rest = outside[after.end() if after else verb.end() :].strip()
    led = outside[: verb.start()].rstrip()
    led = WHICH.sub("", led) if led.endswith(",") else _DASHED.sub("", led)
    on = after and re.search(r"\b(?:reporters|journalists|that)\b", after[0])  # to whom, what
    behind = None if on and verb[0] != "according to" else _BEHIND.match(rest)
    appositive = _APPOSED.match(led.rstrip(",").rpartition(", ")[2])
    apart = led.endswith(",") and behind and not appositive
    if verb[0] == "according to" or led.endswith("”") or apart:
        return behind[0].rstrip(" .,") if behind else ""
    led = re.sub(
        rf"(?:{_DAY}|,? in an? (?:(?!that )\w+ ?)+| in the past| also| later|"
        r" earlier| again| has| have| had|"
        r" \w+ly)+,?$",
        "",
        led,
    )
    if led.endswith(" and"):  # 'the factions have pressed for it and say …'
        led = re.split(r" (?:have|has|had|are|is|were|was)\b", led)[0]
    begins = (
        r"[;:“”—–]|\b(?:but|while|although|though|and that|as|which|that|after|when|because)\b "
    )
    tail = led[max((m.end() for m in re.finditer(begins, led)), default=0) :].strip(" ,")
    parts = tail.split(", ")
    first = len(parts) - 1  # a name, no clause: 'troops will stay, a general said'
    while first and _APPOSED.match(parts[first]) and not NO_ROLE.search(parts[first - 1]):
        first -= 1
    tail = _RELATIVE.sub("", ", ".join(parts[first : first + 2]))
    tail = re.sub(r" (?:speaking|who spoke) (?:to|with) .*$", "", tail)
    if len(words(tail)) > 12:  # a sentence before it: '… in all of Iraq and the Pentagon said'
        tail = tail.rpartition(" and ")[2]
    return tail if len(words(tail)) <= 12 else ""


def content(sentence: str, verb: re.Match[str]) -> Span:
    """Return where a paraphrase stands: what its verb of saying leads to."""
    after = _AFTER.match(sentence, verb.end())
    start = after.end() if after else verb.end()
    if verb[0] == "told" and not sentence[verb.end() : start].rstrip().endswith("that"):
        that = sentence.find(" that ", start)
        start = that + 6 if 0 < that < start + 60 else start
    ended = re.match(rf"(?:{_DAY}| in an? (?:(?!that)\w+ ?)+?)*[,.]", sentence[verb.end() :])
    named = _APPOSED.match(sentence[: verb.start()].rpartition(", ")[2])
    aside = _SAID_HOW.match(sentence, verb.end())  # '…, officials said on condition of anonymity'
    before = sentence.rfind(",", 0, verb.start()) > 0 and (aside or not named)
    whole = ", " not in sentence[: verb.start()] and verb[0] != "according to"
    if whole and len(words(sentence[start:])) < W:  # 'Washington has vowed to retaliate'
        return 0, len(sentence)
    if verb[0] in (
        "denied",
        "denies",
        "rejected",
        "called for",
        "advocated for",
        "wants",
    ):  # never without it
        start = verb.start()
    if (
        verb[0] == "according to"
        or len(words(sentence[start:])) < W
        or ((ended or aside) and before)
    ):
        clause = (0, max(sentence.rfind(",", 0, verb.start()), 0) or verb.start())
        opening = _OPENED.match(sentence[: clause[1]])
        if opening and len(words(sentence[opening.end() : clause[1]])) >= W:
            clause = opening.end(), clause[1]  # what is said, not since when
        if verb.start() < 3:
            clause = (sentence.find(",", verb.end()) + 1, len(sentence))
    else:
        clause = (start, len(sentence))
    return clause


def quoted_runs(inner: str) -> Iterator[str]:
    """Yield each sentence of a quotation, a short one with the next."""
    begun = None
    for first, last in pieces(SENTENCE, inner):
        begun = first if begun is None else begun
        if len(words(inner[begun:last])) >= W:  # a shorter one goes with the next
            yield inner[begun:last]
            begun = None


KEPT = re.compile(  # what is not lost between two ends of a sentence
    rf"{NEGATION.pattern}|{HEDGE.pattern}|\b(?:would|should|will|if|unless|only|considers?)\b", re.I
)
_OF_YEAR = re.compile(rf"\b(?:{_MONTH}) \d{{4}}$")


def cut(text: str, span: Span, most: int, more: int = 2) -> str:
    """Return the clauses of `text[span]` up to `most` words, or `more` where that is all, a
    negation or a hedge never left out of the one that is cut."""
    spans = [m.span() for m in WORD.finditer(text) if span[0] <= m.start() and m.end() <= span[1]]
    if len(spans) <= (most if most >= PROSE else most + more):
        return whole(text, (spans[0][0], spans[-1][1])) if spans else ""
    opening = _OPENED.match(text, spans[0][0], span[1])
    if opening and not NEGATION.search(opening[0]):  # not what is said, but when or why
        return cut(text, (opening.end(), span[1]), most, more)
    low, high = spans[W - 1][1], spans[most - 1][1] + 1
    ends = [a for _, a in pieces(CLAUSE, text) if low <= a <= high]
    ends = ends or [m.start() for m in _AND.finditer(text, spans[most // 2][1], high)]
    kept = [s for s in spans if s[1] <= ends[-1]] if ends else spans[:most]
    signs = [m.end() for mark in (NEGATION, HEDGE) for m in mark.finditer(text, *span)]
    if not ends and signs and max(signs) > kept[-1][1]:
        last = next(i for i, s in enumerate(spans) if s[1] >= max(signs))
        kept = spans[max(0, min(last + W, len(spans)) - most) : last + W]
        head = window(text, spans[0], span)  # with who or what it is said of
        late = kept[-max(most - len(words(head)), W) :]
        gap = text[spans[0][0] + len(head) : late[0][0]]
        if late[0][0] > spans[0][0] + len(head) and not KEPT.search(gap):
            return f"{head}{JOINT}{whole(text, (late[0][0], late[-1][1]))}"
    if len(kept) < len(spans) and _OF_YEAR.search(text[: spans[len(kept)][1]]):
        kept = spans[: len(kept) + 1] if kept[0] == spans[0] else kept
    while (
        len(kept) > W
        and (
            LEADING.fullmatch(text[slice(*kept[-1])])
            or text[kept[-1][1] :][:2] == ".-"  # 'U.S.-led'
            or text[: kept[-1][0]].endswith((".-", "S-"))
        )
    ):
        kept = kept[:-1]
    return whole(text, (kept[0][0], kept[-1][1]))


def whole(text: str, span: Span) -> str:
    """Return the words of a span, the last point of 'U.S.' with them."""
    point = re.search(r"\b[A-Z]\.[A-Z]$", text[slice(*span)]) and text[span[1] :][:1] == "."
    return text[span[0] : span[1] + bool(point)]


def dated(sentence: str) -> list[re.Pattern[str]]:
    """Return a pattern for each date of a sentence."""
    return [re.compile(re.escape(written)) for written, _ in dates.find(sentence)]


def counted_on(sentence: str) -> list[re.Pattern[str]]:
    """Return a pattern for the day to which a sentence counts: 'As of Friday'."""
    found = [(w, at) for w, at in dates.find(sentence) if dates.counted_to(sentence[:at])]
    return [re.compile(rf"\b\w+ \w+ {re.escape(written)}") for written, _ in found[:1]]


def clause_at(sentence: str, at: int) -> Span:
    """Return where the clause around a character begins and ends."""
    whole = 0, len(sentence)
    return next((c for c in pieces(CLAUSE, sentence) if c[0] <= at < c[1]), whole)


def shortest(sentence: str, span: Span, clause: Span, *wanted: re.Pattern[str]) -> str:
    """Return the words of a clause with `span` and, up to 15, the nearest of each pattern."""
    for pattern in wanted:
        matches = [m.span() for m in pattern.finditer(sentence, *clause)]
        matches = matches or [m.span() for m in pattern.finditer(sentence)]
        near = min(matches, key=lambda m: max(span[0] - m[1], m[0] - span[1]), default=span)
        wider = min(span[0], near[0]), max(span[1], near[1])
        if len(words(sentence[slice(*wider)])) <= PROSE:
            span = wider
    return window(sentence, span, clause)


def window(text: str, span: Span, clause: Span | None = None) -> str:
    """Return the words of `span`, cut to 15, widened to four, in their clause if it can be."""
    spans = [m.span() for m in WORD.finditer(text)]
    held = [i for i, (a, b) in enumerate(spans) if a < span[1] and span[0] < b]
    if not held:
        return ""
    first, last = held[0], min(held[-1], held[0] + PROSE - 1)
    low, high = clause or (0, len(text))
    while last - first + 1 < min(W, len(spans)):
        if last + 1 < len(spans) and (spans[last + 1][1] <= high or spans[first - 1][0] < low):
            last += 1
        elif first and (spans[first - 1][0] >= low or last + 1 == len(spans)):
            first -= 1
        else:
            low, high = 0, len(text)
    most = min(first + PROSE, len(spans)) - 1
    while last < most and LEADING.fullmatch(text[slice(*spans[last])]):  # 'four members of'
        last += 1
    while last < most and _ONE_NAME.fullmatch(text[spans[last][0] : spans[last + 1][1]]):
        last += 1
    return whole(text, (spans[first][0], spans[last][1]))


def stem(word: str) -> str:
    """Return the beginning of a word, by which 'ends' is 'end' and 'attacked' 'attack'."""
    return word.removesuffix("'s").rstrip("s")[:5]


def telling(text: str) -> set[str]:
    """Return the beginnings of the words by which an event is known again."""
    return {stem(w) for w in words(text) if len(w) > 2 and w not in IRAQI and w not in _COMMON}


def placed(run: str, sentence: str, codes: Codes) -> str:
    """Return the code of the one place that a run has after a preposition: `unstated` where its
    sentence names none at all, '' where the words do not decide.
    """
    places = [code for code in codes if code.get("words")]
    named, after = supported(run, places), set()
    for key, phrase in ((code["code"], phrase) for code in places for phrase in code["words"]):
        spots = re.finditer(rf"\b{re.escape(phrase)}\b", run, re.I)
        if any(
            re.search(_PLACED, run[: spot.start()]) or re.match(" hosts ", run[spot.end() :])
            for spot in spots
        ):
            after.add(key)
    if not named:
        return "" if supported(sentence, places) else "unstated"
    return named.pop() if len(named) == 1 and named <= after else ""


def listed_after(before: str, follow: str) -> bool:
    """Tell whether a number goes on from troops counted before it: '… and 900 in Syria'."""
    going_on = re.search(r"\b(?:and|,) (?:\w+ )?$", before) and TROOPS.search(before)
    return bool(going_on and re.match(r" (?:more )?in ", follow))
