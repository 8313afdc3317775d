"""What English print shows around words: sentences and clauses, negations, hedges, verbs of saying.

Closed lists of common words, not a parser: what they miss a second reader sees.
"""

import re

SIGNS = NEGATED, HEDGED, ATTRIBUTED, TOLD = "!", "?", ":", ">"  # what stands around a run of words
NEGATION = re.compile(
    r"\b(?:not?(?! (?:later|only|fewer|less|more) )|never|neither|nor|none|nobody|nothing|"
    r"without(?! (?:providing|giving|offering|elaborating|specifying|naming|going into)\b)|"
    r"cannot|denie[sd]|deny|denying|refus(?:e[sd]?|ing)|reject(?:s|ed)?|hardly|fail(?:s|ed)?)\b|\w+n['’]t\b",
    re.I,
)
HEDGE = re.compile(
    r"\b(?:may|might|could|possib(?:le|ly|ility)|perhaps|likely|apparent(?:ly)?|alleged(?:ly)?|reportedly|"
    r"considering|interested|expect(?:s|ed)|nominally|seems?|appears?|questions?|reports saying)\b",
    re.I,
)
UNDONE = re.compile(  # what is not so, or not yet
    r"\b(?:before|without|instead of|rather than|fail(?:s|ed)? to|postpon\w+|delay(?:s|ed)?|"
    r"cancel\w*|call(?:s|ed)? off|suspend(?:s|ed)?)\b",
    re.I,
)
WISH = re.compile(  # what is wanted, and not settled
    r"\b(?:wants?|wanted|should|likely|seeks?|seeking|sought|aims?|hop(?:es?|ed|ing)|goal|"
    r"demand(?:s|ed)?|call(?:s|ed|ing)? for|intend(?:s|ed)?|propos(?:es|ed|als?)|"
    r"plan(?:s|ned)? to)\b",
    re.I,
)
SAYING = re.compile(
    r"\b(?:s(?:ays?|aid|aying)|t(?:ells?|old)|adds?|added|announce[sd]?|announc(?:ing|ement)|claim(?:s|ed|ing)?|stress(?:es|ed)?|note[sd]?|"
    r"stat(?:e[sd]|ing|ement|ements)|express(?:e[sd])?|report(?:s|ed|edly)?|call(?:s|ed|ing)?|condemn(?:s|ed|ing|ation)?|denounce[sd]?|describe[sd]?|"
    r"demand(?:s|ed)?|according to|vote[sd]?|sign(?:s|ed)|agree[sd]?|accus(?:e[sd]|ing)|"
    r"insist(?:s|ed)?|argue[sd]?|warn(?:s|ed)?|deni(?:es|ed)|"
    r"den(?:y|ying)|vow(?:s|ed)?|den(?:ial)|ask(?:s|ed)?|assure[sd]?|declare[sd]?|clear|comments?|questions?|urge[sd]?|pass(?:es|ed)|resolution|petition|"
    r"acknowledge[sd]?|admit(?:s|ted)?|confirm(?:s|ed)?|reject(?:s|ed)?|threaten(?:s|ed)?|promise[sd]?|pledge[sd]?|suggest(?:s|ed)?|repeat(?:s|ed)?|reiterate[sd]?|wants?|"
    r"explain(?:s|ed)?|assert(?:s|ed)?|emphasi[sz]e[sd]?|underlin(?:es|ed)|underscore[sd]?)\b",
    re.I,
)
# A verb that says, in the active: of a report's sentences only.
SAYS = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )\b(?:said|says|told|adds|added|announced|"
    r"claim(?:ed|s)(?! (?:the|its|responsib))|stressed|stated|insisted|argued|warned|denied|denies|"
    r"vowed|declared|confirmed|acknowledged|admitted|reiterated|urged|rejected|demanded|pledged|"
    r"threatened|condemned|reported|explained|asserted|"
    r"emphasi[sz]ed|underlined|underscored|(?:called|advocated) for|according to)\b|"
    r"\b(?:announces|argues|confirms|insists|rejects|stresses|vows|warns)\b|"
    r"(?<!\bas )\bnoted\b(?=[.,])|\b(?:noted|suggested|promised)\b(?= that\b)|"
    r"(?<=statement )reads?\b|"
    r"(?<!\bto )(?<!\bnot )(?<!\ba )\bsay\b(?! in\b)|(?<=s )\bclaim\b(?= that\b)|"
    r"\bwants\b(?= (?:the|to|all|its|an?|US|U\.S|American|troops|forces)\b)|"
    r"\b(?:was|were|is|been) quoted (?:by [\w’' ]+? )?as saying\b"
)
_TELLING = re.compile(
    r"\b(?:said|says|told|claimed|announced|stressed|noted|added|reported|denied|"
    r"insisted)\b(?: that| on| \w+day)*\s*$",
    re.I,
)
PRONOUN = ("he", "she", "it", "they", "report", "statement")  # the speaker is in what is before
ROLE = re.compile(
    r"(?:government|official|parliament|statement|spokes|office|militia|military|minist|member|group)"
)
COMMON = frozenset(
    re.findall(r"\w+", "the a an of and in to from for on we i it he she at our this however")
)
STATES = frozenset(("us", "u.s", "iraq", "iraqi"))  # name a speaker only where nothing else does
BY = 8  # words to both sides of a verb of saying in which its speaker is named
# What a fingerprint's signs rest on: another pattern would be another fingerprint.
SENTENCE = re.compile(
    r"(?<=[.?!])(?<!\bU\.S\.)(?<!Gen\.)(?<!Brig\.)(?<!Maj\.)(?<!Sept\.)(?<!Mr\.)(?<!Dr\.)[\"”’)]*\s+(?=[\"“‘A-Z])"
)
_END = re.compile(  # the space between two sentences, those of our own pages' source included
    r"(?:(?<!\b[A-Z])(?<!Gen)(?<!Brig)(?<!Maj)(?<!Lt)(?<!Sept)(?<!Mr)(?<!Dr)\.|[?!])"
    r"[\"”’*_)]*(\s+)(?=[\"“‘*_A-Z0-9(\ue000\[<])"
)
CLAUSE = re.compile(
    r"[,;:–—]\s|\s[-–—]\s|\b(?:but|while|although|though|despite|however|contrary to|since|"
    r"because|which|after|when)\b",
    re.I,
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with the space before it: joined they are the text."""
    cuts = [0, *(match.start(1) for match in _END.finditer(text)), len(text)]
    return [text[a:b] for a, b in zip(cuts, cuts[1:], strict=False) if a < b]


def signs(line: str, first: int, last: int) -> set[str]:
    """Return the signs around a run: in the clause of its first word, and in its sentence."""
    start, end = piece(SENTENCE, line, first)
    sentence, first, last = line[start : max(end, last)], first - start, last - start
    begins = piece(CLAUSE, sentence, first)[0]
    clause = sentence[begins : piece(CLAUSE, sentence, last - 1)[1]]
    begun = sentence[begins:first]
    tests = (
        (NEGATED, NEGATION, clause),
        (HEDGED, HEDGE, clause),
        (ATTRIBUTED, SAYING, sentence),
        (TOLD, _TELLING, begun),
    )
    return {sign for sign, pattern, text in tests if pattern.search(text)}


def clause(phrase: str, run: str) -> str:
    """Return the clause of a run in which a phrase begins, to its end; else the whole run."""
    at = run.find(phrase)
    start, end = piece(CLAUSE, run, at) if at >= 0 else (0, len(run))
    return run[start : max(end, at + len(phrase))]


def pieces(mark: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Return where each piece of `text` begins and ends, pieces being parted by `mark`."""
    ends = [(0, 0), *(m.span() for m in mark.finditer(text)), (len(text), len(text))]
    return [(b, a) for (_, b), (a, _) in zip(ends, ends[1:], strict=False) if b < a]


def piece(mark: re.Pattern[str], text: str, at: int) -> tuple[int, int]:
    """Return the begin and end of the piece of `text` around `at`, parted by `mark`."""
    ends = [m.span() for m in mark.finditer(text)]
    begin = max((b if a < at else a for a, b in ends if b <= at or a == at), default=0)
    return begin, min((a for a, _ in ends if a > at), default=len(text))
