"""Speakers: whom the words by a verb of saying name, of the people that the book has or anew."""

import re

from explainer.check.matching import named
from explainer.check.reporting import NAME, NO_ROLE, PRONOUN, speaker_by, window
from explainer.check.rules.wordings import PROSE
from explainer.data.dataset import OPEN
from explainer.data.evidence import words

Cells = dict[str, str]

_BODY = re.compile(
    r"\b(?:Ministry|Department|Command|Pentagon|Government|White House|Office|Agency|Council|"
    r"Parliament|Army|Forces?|Service|Coalition|Embassy|Resistance|Brigades?|Committee|Commission|"
    r"Cent(?:re|er)|Group)\b"
)
IRAQI = ("iraq", "iraqi", "iraq's", "baghdad", "baghdad's")
_OURS = {"us": ("us", "u.s", "american"), "iraq": IRAQI, "joint": ("us", "iraq", "and")}


class Speakers:
    """The people that an article may mean: those of the book, and those that it names first."""

    def __init__(self, people: list[Cells], text: str):
        self.people, self.text = people, text
        self.new: list[Cells] = []
        self.last: tuple[str, str] = ("", "")  # id and role of who spoke last

    def who(self, outside: str, verb: re.Match[str], sentence: str) -> tuple[str, str]:
        """Return the id and the role of who speaks: a known person, a new one, OPEN, or nobody.

        `outside` is the sentence with its quotations blanked, `verb` a verb of saying in it.
        """
        role = speaker_by(outside, verb)
        if PRONOUN.fullmatch(role) and self.last[0]:
            return self.last
        if NO_ROLE.search(role.partition(", ")[0]):
            return OPEN, role
        if person := self.known(role):
            return person["person_id"], role
        names = NAME.findall(role.partition(", ")[0]) or NAME.findall(role)
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
        lead = role.partition(", ")[0]
        at = sentence.find(lead)
        cells = {
            "person_id": key,
            "name": name,
            "kind": OPEN if office else "person",
            "institution": OPEN,
            "side": OPEN,
            "named_as": short,
            "evidence": window(sentence, (at, at + len(lead)), PROSE),
        }
        self.people.append(cells)
        self.new.append(cells)
        return key, role

    def known(self, role: str) -> Cells | None:
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

    def named_as(self, key: str) -> str:
        """Return how the article names a person."""
        return next(person["named_as"] for person in self.people if person["person_id"] == key)
