"""Speakers: whom the words by a verb of saying name, of the people that the book has or anew."""

import re
from collections.abc import Callable, Iterable

from explainer.check.matching import named
from explainer.check.reporting import IRAQI, NAME, NO_ROLE, PRONOUN, speaker_by, window
from explainer.check.rules.voices import seats
from explainer.data.dataset import OPEN
from explainer.data.evidence import words

Cells = dict[str, str]

_BODY = re.compile(
    r"\b(?:Ministry|Department|Command|Pentagon|Government|White House|Office|Agency|Council|"
    r"Parliament|Army|Forces?|Service|Coalition|Embassy|Resistance|Brigades?|Committee|Commission|"
    r"Cent(?:re|er)|Group)\b"
)
_OURS = {"us": ("us", "u.s", "american"), "iraq": IRAQI, "joint": ("us", "iraq", "and")}
_SPOKES = re.compile(  # who speaks for an office and is not named
    r"(?:an?|the) (?:(?P<by>[A-Z][\w. ]*\w) (?:spokes\w+|statement)|"
    r"spokes\w+ (?:for|of) (?P<of>[\w. ]+\w))",
    re.I,
)
_TITLE = r"Spokes\w+|Secretary|Minister|President|Ambassador|Envoy|Advis[eo]r"
_TITLED = re.compile(rf"^.*\b(?:{_TITLE}) (?=[A-Z])")
_SUFFIX = re.compile(r",? (?:I{2,3}|[JS]r\.?)$")  # 'Lloyd Austin III'
_HELD = re.compile(r"\b(?:minister|president|premier|secretary)$")  # an office of one person
_PLAIN_BODY = re.compile(
    r"\b(?:Iraq[’']s|Iraqi|US|U\.S\.) ((?:[a-z]+ )?(?:ministry|military|army|embassy))$"
)
_SERVES = re.compile(  # the state that somebody speaks for: 'ambassador to Iraq' is another's
    r"(?:^|\b(?:of|for) )(us|iraq) (?=.*\b(?:minister|spokes\w+|government|ambassador|ministry|"
    r"department|army|military|command|parliament|embassy|secretary|president)\b)|"
    r"\bspokes\w+ (?:of|for) (us|iraq)\b"
)
_RELAYED = re.compile(  # '…, Reuters first reported', '… said, according to Reuters'
    r", ((?:[A-Z][\w-]+ ?)+?) (?:first |also |earlier )?(?:reported|added|said)\b|"
    r", (?:according to|citing|told) ((?:[A-Z][\w-]+ ?)+)"
)
_OFFICIALS = re.compile(  # of a government, and not named: 'a senior U.S. defense official'
    r"(?:(?:[Aa]n?|[Tt]he|[Tt]wo|[Tt]hree|[Ss]ome|[Ss]everal|[Ss]enior|[Oo]ther|unnamed) )*"
    r"(?P<of>(?P<us>US|U\.S\.|American)|Iraqi)(?P<what> (?:[a-z]+ )?officials?)"
)
_MINISTRY = re.compile(r"[Tt]he ((?:foreign|defen[cs]e|interior|oil) ministry)")
_AGAIN = re.compile(r"[Tt]he (ministry|officials?|sources?|statement|minister|spokes\w+|diplomat)")
_STATES = {"iraqi": "iraq", "iraq's": "iraq", "u.s": "us", "american": "us", "defence": "defense"}


class Speakers:
    """The people that an article may mean: those of the book, and those that it names first."""

    def __init__(
        self,
        people: list[Cells],
        roles: Iterable[tuple[str, str]],
        text: str,
        respelt: Callable[[str], str],
        outlets: Iterable[str] = (),
    ):
        ends = "|".join(map(re.escape, outlets)) or "(?!)"  # of the names of news outlets
        self._outlets = re.compile(rf"(?:[Tt]he )?((?!The )(?:[A-Z][\w-]+ )*(?:{ends}))(?!\w)")
        self.people, self.text, self._respelt = people, respelt(text), respelt
        self.new: list[Cells] = []
        self.own: tuple[str, ...] = ()  # the article's outlet, case-folded, which passes nothing on
        self.spoke: list[tuple[str, str]] = []  # id and role of all who spoke
        self.last: tuple[str, str] = ("", "")  # id and role of who spoke last
        names = {p["person_id"]: p["name"] for p in people if p["kind"] == "person"}
        titles = ((_core(_before(role, names.get(key, ""))), key) for key, role in roles)
        self._titles = {(title, key) for title, key in titles if _HELD.search(title)}

    def who(self, outside: str, verb: re.Match[str], sentence: str) -> tuple[str, str]:
        """Return the id and the role of who speaks: a known person, a new one, OPEN, or nobody.

        `outside` is the sentence with its quotations blanked, `verb` a verb of saying in it.
        """
        role = speaker_by(outside, verb)
        role = re.sub(r" \([^)]*\)$", "", role)  # 'the Council (TC)'
        lead = role.partition(", ")[0]
        again = _AGAIN.fullmatch(role)  # 'the official': who spoke last
        if PRONOUN.fullmatch(role) and self.last[0]:
            return self.last
        if again and (same := [one for one in self.spoke if one[1].endswith(again[1])]):
            return same[-1]
        if NO_ROLE.search(lead):
            return OPEN, role
        person = (
            self._staff(lead)
            or self.known(role)
            or self._by_office(role)
            or self._publisher(lead, sentence)
        )
        if person:
            return person["person_id"], role
        if officials := self._officials(lead, sentence):
            return officials["person_id"], role
        ours = _MINISTRY.fullmatch(lead) if re.search(r"\bIraqi?\b", sentence) else None
        body = ours or _PLAIN_BODY.search(lead)  # 'Iraq’s foreign ministry'
        names = NAME.findall(lead) or NAME.findall(role)
        name = re.sub(r"^(?:The |An? |\w+[’']s )+", "", names[-1]) if names else ""
        name = _TITLED.sub("", _SUFFIX.sub("", name))  # 'White House Spokeswoman Karine Low'
        name = f"{'US' if 'U' in lead else 'Iraqi'} {body[1]}" if body else name
        ends = body or _SUFFIX.sub("", lead).endswith(name)
        if name.endswith(("’s", "'s")) or not ends:
            return OPEN, role
        office = bool(body or _BODY.search(name) or re.search(" (?:of|for|the) ", name))
        if (len(name.split()) < 2 and not office) or name in ("", "US"):
            return OPEN, role
        if not office:  # of title and name the name is the end
            name = " ".join(name.split()[-2:])
        short = body[1] if body else name if office else name.split()[-1]
        name = name.replace("U.S.", "US")  # as the book prints it
        key = re.sub(r"[^a-z0-9]+", "-", (name if office else short).casefold()).strip("-")
        if any(p["person_id"] == key for p in self.people):
            return OPEN, role
        institution, side = self._belongs(
            f"Iraqi {role}" if ours else role, name if _BODY.search(name) else ""
        )
        at = sentence.find(lead)
        kind = "person" if not office else "office" if side in ("us", "iraq") else OPEN
        evidence = window(sentence, (at, at + len(lead)))
        self._add(key, name, kind, institution, side, short, evidence)
        return key, role

    def _add(self, *cells: str) -> Cells:
        columns = ("person_id", "name", "kind", "institution", "side", "named_as", "evidence")
        person = dict(zip(columns, cells, strict=True))
        self.people.append(person)
        self.new.append(person)
        return person

    def _staff(self, lead: str) -> Cells | None:
        """Return the office of a person of the book: 'Mr. Al-Sudani’s office'."""
        owner = self.known(lead[: -len("’s office")]) if lead.endswith("’s office") else None
        offices = (p for p in self.people if p["kind"] == "office" and p["named_as"] == "office")
        return next((p for p in offices if owner and p["side"] == owner["side"]), None)

    def _officials(self, lead: str, sentence: str) -> Cells | None:
        """Return the unnamed officials of a government that words are, known or new."""
        if not (found := _OFFICIALS.fullmatch(lead)):
            return None
        name = ("US" if found["us"] else "Iraqi") + found["what"]
        key, side = name.casefold().replace(" ", "-"), "us" if found["us"] else "iraq"
        states = (p for p in self.people if p["name"].startswith("Government of "))
        state = next((p["institution"] for p in states if p["side"] == side), OPEN)
        written, at = found["of"] + found["what"], sentence.find(lead)
        proof = window(sentence, (at, at + len(lead)))
        same = (p for p in self.people if p["person_id"] == key)
        return next(same, None) or self._add(key, name, "office", state, side, written, proof)

    def _publisher(self, lead: str, sentence: str) -> Cells | None:
        """Return the news outlet that words name at their start, a new one too."""
        if not (found := self._outlets.match(lead)) or found[1].casefold() in self.own:
            return None
        name, at = found[1], sentence.find(found[1])
        proof = window(sentence, (at, at + len(name)))
        key = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        same = (p for p in self.people if p["person_id"] == key)
        return next(same, None) or self._add(key, name, "news_outlet", name, "other", name, proof)

    def told_of(self, sentence: str) -> tuple[str, str]:
        """Return id and name of the one person of whom a sentence tells from its start on: 'He
        said' after it is that person's. OPEN where there is none, or another beside.
        """
        found = ((name, self.known(name)) for name in NAME.findall(sentence))
        names = [n for n, p in found if (p["kind"] == "person" if p else " " in n)]
        person = self.known(names[0]) if len(names) == 1 and sentence.startswith(names[0]) else None
        return (person["person_id"], names[0]) if person else (OPEN, OPEN)

    def outlet(self, outside: str, verb: re.Match[str], sentence: str) -> str:
        """Return the id of the news outlet that was told, or that has it: '' for none."""
        relayed = _RELAYED.search(outside, verb.end())
        if verb[0] != "told" and not relayed:
            return ""
        said = (relayed[1] or relayed[2] if relayed else outside[verb.end() :]).strip()
        outlets = (p for p in self.people if p["kind"] == "news_outlet")
        outlets = (p for p in outlets if p["named_as"].casefold() not in self.own)
        known = next((p for p in outlets if re.match(rf"{p['named_as']}\b", said)), None)
        known = known or self._publisher(said, sentence)
        return known["person_id"] if known else ""

    def _by_office(self, role: str) -> Cells | None:
        """Return the office whose spokesman a role is, without a name, or the person of the article
        who holds the office that it names: 'Iraq’s prime minister'.
        """
        if spoken := _SPOKES.fullmatch(role):
            office = _core(spoken["by"] or spoken["of"])
            offices = (p for p in self.people if p["kind"] == "office")
            return next((p for p in offices if _core(p["named_as"]) == office), None)
        core = _core(role)
        if re.match(r"an? ", role, re.I) or not _HELD.search(core):
            return None
        held = {key for title, key in self._titles if core in (title, title.partition(" ")[2])}
        found = (p for p in self.people if p["person_id"] in held)
        known = (p for p in found if named(self._respelt(p["named_as"]), self.text))
        return next((p for p in known if len(held) == 1), None)

    def _belongs(self, role: str, own: str) -> tuple[str, str]:
        """Return the institution and the side of somebody new, as far as the role tells them."""
        said = _core(role)
        for person in self.people if "former" not in said else ():
            office = person["kind"] == "office" and person["named_as"][0].isupper()
            body = re.escape(_core(person["named_as"]))
            spokes = office and re.search(rf"\b{body} (?:spokes|press secretary)", said)
            if spokes or (office and _core(person["institution"]) == said):
                return person["institution"], person["side"]
        side = _SERVES.search(said.replace("white house", "us government"))
        return own or OPEN, (side[1] or side[2]) if side else OPEN

    def known(self, role: str) -> Cells | None:
        """Return the person that a role names beyond doubt: a full name, or a surname whose full
        name the article has; an office by its name, with nothing beside it but its country.
        """
        if keys := seats(self.people).get(role):
            return next(p for p in self.people if p["person_id"] in keys)
        found, lead = [], words(self._respelt(_SUFFIX.sub("", role.partition(", ")[0])))
        for person in self.people:
            own = words(self._respelt(person["named_as"]))
            if lead[-len(own) :] != own:
                continue
            if person["kind"] == "person":
                name = self._respelt(person["name"])
                short = re.escape(self._respelt(person["named_as"]))
                first = words(name)[0][:3]  # 'Pat' is Patrick
                first_named = rf"(?!(?:{_TITLE})\b)\b[A-Z][\w’-]+ {short}\b"
                alone = role == person["named_as"] and not re.search(first_named, self.text)
                if (
                    alone
                    or named(name, self.text)
                    or any(
                        word.startswith(first)
                        for m in re.finditer(short, self.text)
                        for word in words(self.text[max(0, m.start() - 40) : m.start()])[-3:]
                    )
                ):
                    found.append(person)
            else:
                rest = set(lead[: -len(own)]) - {"the", "a", "an"}
                demonyms = set(_OURS.get(person["side"], ()))
                common = person["named_as"] == person["named_as"].lower()
                joint = person["side"] == "joint"  # 'The US' alone is one of the two
                named_so = person["kind"] == "armed_group" and " " in person["named_as"]
                named_so &= not rest & {"for", "of"}  # 'Iraq’s shadowy Kataib Hezbollah'
                if (rest <= demonyms or named_so) and (
                    rest or person in self.new or not (common or joint)
                ):
                    found.append(person)
        return max(found, key=lambda p: (p["kind"] == "person", len(p["named_as"])), default=None)

    def named_as(self, key: str) -> str:
        """Return how the article names a person."""
        return next(person["named_as"] for person in self.people if person["person_id"] == key)


def _core(role: str) -> str:
    """Return the words of a role without articles, its state by one word."""
    plain = (word for word in words(role) if word not in ("the", "a", "an"))
    return " ".join(_STATES.get(word, word) for word in plain)


def _before(role: str, name: str) -> str:
    """Return what stands in a role before a name."""
    spots = [at for word in name.split() if (at := role.find(word)) > -1]
    return role[: min(spots, default=0)]
