"""Proofs: what each row gives to whatever cites it, with what the row refers to."""

from functools import cache
from itertools import islice

from explainer.check.claims import Claim, Grounds, grounds
from explainer.check.matching import bodies
from explainer.data.dataset import WITHOUT_IDS, Dataset, Record, gathered, labels
from explainer.data.evidence import JOINT, words
from explainer.data.grammar import COMMON, NEGATION, STATES

_REFERRING = (
    "person_id", "via_person_id", "source_id", "event_id", "from_event", "to_event", "topic_id",
    "row", "fact",
)  # fmt: skip
_TOLD_OF_NOTHING = ("corrections", "agreement", *WITHOUT_IDS)


class Proofs:
    """What each row gives to a sentence that cites it, with what the row refers to."""

    def __init__(self, data: Dataset):
        self.data = data
        tables = [rows for table, rows in data.tables.items() if table not in WITHOUT_IDS]
        self._rows = {row.key: row for rows in tables for row in rows}
        self.given = cache(self._given)
        self._own = cache(lambda key: grounds([self._rows[key]], self.labels))  # many ask for one
        self._named = cache(self._names)
        self.labels = labels(data)
        self.concerned = data.codes("statements", "concerns")
        self.forces = [code["code"] for code in self.concerned if code.get("named")]
        every = (label for names in self.labels.values() for label in names.values())
        self._own_words = [words(label) for label in every]

    def known(self, row: str) -> bool:
        """Tell whether there is such a row."""
        return row in self._rows

    def wordless(self, row: str) -> bool:
        """Tell whether a row, a place or a question, is of no article and no other source."""
        held = self._rows.get(row)
        return held is not None and "source_id" not in held and held.table != "events"

    def later(self, row: str) -> str:
        """Return the row in place of a wrong one, itself for none; '' of one that is right."""
        return self._rows[row].get("superseded_by", "") if row in self._rows else ""

    def held(self, rows: list[str]) -> list[Record]:
        """Return the rows of these ids, as far as there are any."""
        return [self._rows[row] for row in dict.fromkeys(rows) if row in self._rows]

    def speakers(self, spoken: list[Record]) -> set[str]:
        """Return the words by which whoever says these statements may be named."""
        roles = {w for row in spoken for w in words(f"{row['role_as_written']} {row['person_id']}")}
        seats = {"washington" if row["side"] == "us" else "baghdad" for row in spoken}
        sources = self.held([row["source_id"] for row in spoken])
        outlets = {word for source in sources for word in words(source["outlet_short"])}
        return (roles | seats | outlets) - COMMON - STATES

    def told(self, rows: list[str]) -> list[Record]:
        """Return the rows that tell of something: not those of an article, a person or an event."""
        apart = ("sources", "people", "events")
        return [row for row in self.held(rows) if row.table not in apart]

    def names(self, rows: list[str]) -> set[str]:
        """Return whose forces rows name, in their cells and by their codes."""
        return set[str]().union(*map(self._named, rows))

    def _names(self, row: str) -> set[str]:
        cells = [cell for other in self._gather(row).values() for cell in other.values()]
        return bodies(JOINT.join(cells), self.concerned) | {*cells} & {*self.forces}

    def of(self, rows: list[str]) -> Grounds:
        """Return what rows give together."""
        whole = Grounds(phrases=self._own_words.copy())
        for row in dict.fromkeys(rows):
            if row in self._rows:
                whole.add(self.given(row))
        return whole

    def texts(self, rows: list[str]) -> list[str]:
        """Return what rows say: the exact words of an article, ours of a fact beyond them."""
        return [r[c] for r in self.held(rows) for c in ("evidence", "what") if r.get(c)]

    def denied(self, rows: list[str]) -> bool:
        """Tell whether a row denies something, in its own cells."""
        held = self.held(rows)
        cells = [cell for row in held for cell in row.values()]
        plainly = any(row.get("position") == "no_plan" for row in held)
        return plainly or any(NEGATION.search(cell) or "non-" in cell for cell in cells)

    def giving(self, claim: Claim) -> list[str]:
        """Return the ids of up to three rows that a claim would be found in."""
        rows = (row for row in self.data.every() if row.table not in _TOLD_OF_NOTHING)
        found = (row.key for row in rows if grounds([row], self.labels).give(claim))
        return list(islice(found, 3))

    def _given(self, key: str) -> Grounds:
        """Return what a row gives, with those that it refers to."""
        whole = Grounds()
        for other in self._gather(key):
            whole.add(self._own(other))
        return whole

    def _gather(self, key: str) -> dict[str, Record]:
        """Return a row and those that it refers to: speaker, article, event, claim and fact."""
        seen, waiting = dict[str, Record](), [key]
        while waiting:
            if (key := waiting.pop()) in self._rows and key not in seen:
                row = seen[key] = self._rows[key]
                referred = _REFERRING if row.table != "people" else ()
                waiting += [row[column] for column in reversed(referred) if row.get(column)]
        return seen


proofs_of = gathered(Proofs)
