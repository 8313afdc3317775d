"""More data of the same kind: each article, with all its rows, a number of times, so that the check
still passes.

A copy has its own ids, events and fingerprints. Its words are those of the article: what proves
them, its letters and who speaks in each sentence, cannot be made without the text. The people, the
matters of the book (`topics`), what is counted over the whole, and the record beyond the articles
stay as they are.
"""

import csv
import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from explainer.check.rules.keys import SORTED
from explainer.check.rules.record import RECORD
from explainer.data import evidence
from explainer.data.dataset import CONTEXT, Dataset, Record, key_columns, read

PER_ARTICLE = ("sources", "events")  # and every table with a key into `sources`
CORRECTIONS = "corrections"  # each copy of a row that was wrong has its own
_NUMBERED = re.compile(r"[a-z]{3}-\d+")


def grow(source: Path, target: Path, times: int) -> int:
    """Write the data of the folder `source` into the new folder `target`, each article `times`
    times.

    Returns the number of rows. ValueError where the data cannot be read.
    """
    data, problems = read(source)
    if data is None or problems:
        raise ValueError(problems[0])
    shutil.rmtree(target, ignore_errors=True)
    (target / "fingerprints").mkdir(parents=True)
    (target / "datapackage.json").write_text(
        json.dumps(data.package, ensure_ascii=False), encoding="utf-8"
    )
    kept = {
        path.stem: evidence.parse(path.read_text(encoding="utf-8"))
        for path in (source / "fingerprints").glob("*.txt")
    }
    made = [_Copy(data, number) for number in range(1, times + 1)]
    for copy in made:
        for source_id, known in kept.items():
            copy.write_fingerprint(target, source_id, known)
    return sum(_write(target, resource, data, made) for resource in data.package["resources"])


class _Copy:
    """One copy of all articles: the first is the data as it is."""

    def __init__(self, data: Dataset, number: int):
        self.data, self.number = data, number
        self.keyed = {
            name: key
            for resource in data.package["resources"]
            if (name := resource["name"]) in PER_ARTICLE + ("people",)
            for key in key_columns(resource)
        }
        self.shared = {row["person_id"] for row in data.tables.get("people", [])}
        self.tail = "q" + _in(number - 1, "abcdefghij")
        # How many rows the table has whose ids begin so: a row of another table that is named is
        # that of the same copy.
        self.counted = {
            records[0][key_columns(resource)[0]][:4]: len(records)
            for resource in data.package["resources"]
            if (records := data.tables[resource["name"]])
            and _NUMBERED.fullmatch(records[0][key_columns(resource)[0]])
        }

    def row(self, record: Record, resource: dict, place: int, total: int) -> dict[str, str]:
        """Return the row of this copy that comes of a record: `place` of `total` in its table."""
        made = dict(record)
        key, own = key_columns(resource), resource["name"]
        if _NUMBERED.fullmatch(made[key[0]]):
            offset = (self.number - 1) * total
            made[key[0]] = f"{made[key[0]][:4]}{offset + place:04}"
            if later := made.get("superseded_by"):
                made["superseded_by"] = f"{later[:4]}{offset + int(later[4:]):04}"
        if self.number == 1:
            return made
        foreign = {
            k["fields"]
            for k in resource["schema"].get("foreignKeys", [])
            if k["reference"]["resource"] in self.keyed
        }
        for column in foreign | {self.keyed.get(own, "")} - {""}:
            made[column] = self.id(made[column])
        if own == CORRECTIONS or _NUMBERED.fullmatch(made.get("row") or ""):
            made["row"] = self._named_row(made["row"])
        if own == "events":
            made["title"] += f" ({' '.join(self.tail)})"  # letters: a word would need a row
        if own == "sources":
            made["url"] += f"?x={self.number}" if made["url"] else ""
            made["sha256"] = self.digest(made["sha256"])
        return made

    def _named_row(self, row: str) -> str:
        """Return the id of this copy's row of another table; some rows have readable ids."""
        if not _NUMBERED.fullmatch(row):
            return self.id(row)
        kind, number = row[:4], int(row[4:])
        return f"{kind}{(self.number - 1) * self.counted[kind] + number:04}"

    def id(self, value: str) -> str:
        """Return this copy's id of an article or event; a person is in all copies the same."""
        return (
            f"{value}-x{self.number}"
            if value and value not in self.shared and self.number > 1
            else value
        )

    def digest(self, value: str) -> str:
        """Return a SHA-256 digest that is this copy's own: no two articles have one text."""
        return f"{self.number - 1:08x}{value[8:]}" if self.number > 1 else value

    def write_fingerprint(self, target: Path, source_id: str, known: evidence.Fingerprint) -> None:
        """Write the fingerprint of this copy of an article: the same text in another file."""
        name = self.id(source_id)
        printed = replace(known, source_id=name, sha256=self.digest(known.sha256))
        (target / "fingerprints" / f"{name}.txt").write_text(str(printed), encoding="utf-8")


def _write(target: Path, resource: dict, data: Dataset, copies: list[_Copy]) -> int:
    name, records = resource["name"], data.tables[resource["name"]]
    records = [] if name in ("readings", "answers") else records  # nobody has read the copies
    kept = {row["id"] for row in data.tables.get(RECORD, [])}
    into = {k["reference"]["resource"] for k in resource["schema"].get("foreignKeys", [])}
    copies = (
        copies
        if name != RECORD and (name in (*PER_ARTICLE, CORRECTIONS) or "sources" in into)
        else copies[:1]
    )
    rows = [
        copy.row(record, resource, place, len(records))
        for copy in copies
        for place, record in enumerate(records, 1)
        if copy.number == 1
        or (
            record.get("tier") != CONTEXT
            and (record.get("person_id") not in copy.shared or name != "people")
            and (name != CORRECTIONS or record["row"] not in kept)
        )
    ]
    if name == CORRECTIONS:
        rows.sort(key=lambda row: (row["date"], [int(part) for part in row["version"].split(".")]))
    if name == CORRECTIONS:  # those of the record stand once: the ids of the others close up
        rows = [{**row, "id": f"cor-{place:04}"} for place, row in enumerate(rows, 1)]
    if name in SORTED:
        rows.sort(key=lambda row: row[key_columns(resource)[0]])
    with (target / resource["path"]).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, [f["name"] for f in resource["schema"]["fields"]], lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _in(number: int, digits: str) -> str:
    """Return a number written with other digits."""
    high, low = divmod(number, len(digits))
    return (_in(high, digits) if high else "") + digits[low]


if __name__ == "__main__":
    if len(sys.argv) != 4 or not sys.argv[3].isdecimal() or int(sys.argv[3]) < 1:
        sys.exit(
            "python -m bench.grow SOURCE TARGET TIMES: writes the data of a folder into another, so"
            " many times"
        )
    print(f"{sys.argv[2]}: {grow(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))} rows")
