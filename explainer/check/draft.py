"""The draft of an article's rows: written, gone on with and undone, all of it or nothing."""

import csv
import re
import unicodedata
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

from explainer.check import coverage, ledger, reading, run
from explainer.check.matching import bodies, carried, hinted, supported
from explainer.check.occasions import UNDATED
from explainer.check.proposals import propose
from explainer.check.reporting import LEADING, WORD, clause_at, cut, whole
from explainer.check.rules import cells, codes, keys, links, sources
from explainer.check.rules.spoken import OCCASIONS
from explainer.data import dates, evidence
from explainer.data.dataset import ARTICLE, OPEN, Dataset, Record, reason
from explainer.data.evidence import JOINT
from explainer.data.files import lines, replace

ROW_RULES = (cells.cells, cells.conditions, keys.keys, keys.dependencies, sources.published)
UNDONE = ".undone"  # beside the text: the rows that an undone draft had
_PREPOSITION = re.compile(r" (?:of|in|on|at|from|for|with|and|to|by|near|against) ")
MISSION = codes.COALITION
_BESIDE = {"violence": "other", "history": "other", "leverage": "us_iraq_relation"}
_KEY = 6  # words of a row that stand for it, at the most
_TURNS = re.compile(  # words before others that turn what these say
    r"before|until|if|unless|wants?|should|could|might|may|postpon\w+|delay\w+|seeks?|demand\w*|"
    r"call(?:s|ed|ing)?|asks?|asked|refus\w+|reject\w+|den(?:y|ies|ied)|not?|without|possib\w+|"
    r"instead|rather|fail(?:s|ed)?|cancel\w*|suspend\w*",
    re.I,
)
_ID = re.compile(r"\b[a-z]{3}-\d{4}\b")
Lines = dict[str, list[Record]]  # the rows of tables, as they are to be written


def draft(folder: Path, article: Path, given: dict[str, str]) -> tuple[str, int, int]:
    """Take in an article, or go on with it: return its source_id, the number of new rows and of
    open cells. `given` holds cells of `sources.csv`; what is not given of id, headline, length and
    digest is made from the file. Rows that are there stay: what none cites gets new ones.
    ValueError, and nothing written, where the file or the row cannot be taken in.
    """
    text = _text(article)
    data = _read(folder)
    fingerprints: dict[Path, str | None] = {}
    if (source := _taken_in(data, text)) is None:
        source, made = _source(data, article, text, given)
        fingerprints[folder / "fingerprints" / f"{made.source_id}.txt"] = str(made)
        data.tables["sources"] = _by_key([*data.tables["sources"], source])
        data.fingerprints[made.source_id] = made
    proposals = propose(data, source, text)
    for table, rows in proposals.items():
        file = f"{folder.name}/{table}.csv"
        data.tables[table] += [Record(row, table, file, 0) for row in rows]
    data.texts[source["source_id"]] = text
    write(folder, data, fingerprints)
    return source["source_id"], sum(map(len, proposals.values())), len(open_cells(data))


def later(article: Path, published: str) -> list[str]:
    """Return a line for each weekday of a text that lies six days back if the text is of that day,
    and is the next day rather: a page that was updated.
    """
    day = date.fromisoformat(published)
    next_day, told = day + timedelta(1), []
    for written in dict.fromkeys(w for w, _ in dates.find(_text(article))):
        meant = dates.resolve(written, day)
        if meant and written.casefold() in dates.DAYS and meant.start == str(day - timedelta(6)):
            told.append(
                f"{written}: read as {meant.start}; if the page was updated and it is {next_day}, "
                "undo, and draft with the day of the text that you read: "
                f"--published {next_day} --basis inferred --note …"
            )
    return told


def undo(folder: Path, article: Path) -> tuple[str, int]:
    """Take out the rows of an article, and keep them beside its text; return its source_id and how
    many there were. ValueError where there is none, or one was published or signed: that is
    corrected.
    """
    data = _read(folder)
    if (source := _taken_in(data, _text(article))) is None:
        raise ValueError(f"{article}: no article of this text has been taken in")
    own = source["source_id"]
    used = {m["event_id"] for m in data.tables["mentions"] if m["source_id"] != own}
    for row in chain(*(rows for table, rows in data.tables.items() if table != "people")):
        if row.get("source_id") != own:
            used |= {row.get("person_id", ""), row.get("via_person_id", "")}
    gone: Lines = {}
    for table, rows in data.tables.items():
        if table == "events":
            gone[table] = [r for r in rows if r.key not in used and _only(data, r.key, own)]
        else:
            gone[table] = [r for r in rows if r.get("source_id") == own and r.key not in used]
    fixed = _fixed(data)
    if held := next((r for t in gone for r in gone[t] if t != "coverage" and r.key in fixed), None):
        raise ValueError(f"{held.key} was published or signed: it is corrected, never taken out")
    kept = "".join(f"{t}.csv\n{''.join(map(_line, rows))}" for t, rows in gone.items() if rows)
    article.with_suffix(article.suffix + UNDONE).write_text(kept, encoding="utf-8")
    for table, rows in gone.items():
        data.tables[table] = [row for row in data.tables[table] if row not in rows]
    write(folder, data, {folder / "fingerprints" / f"{own}.txt": None})
    return own, sum(map(len, gone.values()))


def settle(folder: Path) -> int:
    """Fill in what follows from decided cells, number and sort rows; count the open cells."""
    data = _read(folder)
    write(folder, data, {})
    return len(open_cells(data))


def open_cells(data: Dataset) -> list[tuple[Record, str]]:
    """Return each cell that is left open: its row and its column."""
    return [
        (row, c) for rows in data.tables.values() for row in rows for c in row if row[c] == OPEN
    ]


def write(folder: Path, data: Dataset, others: dict[Path, str | None]) -> None:
    """Write the tables that settling `data` changes, and other files: all or, on an error, none."""
    _follow(data)
    _drop_unused(data)
    for table, rows in data.tables.items():
        if table in keys.SORTED:
            data.tables[table] = _by_key(rows)
    _number(data)
    present = {source["source_id"] for source in data.articles()}
    there = [source_id for source_id in sorted(present) if source_id in data.texts]
    findings = [f for f in coverage.audit(data) if f.source_id in there]
    kept = [r for r in data.tables["coverage"] if r["source_id"] in present - set(there)]
    new: dict[Path, str | None] = {}
    for table in data.tables:
        path = folder / f"{table}.csv"
        head, *before = path.read_text(encoding="utf-8").splitlines(keepends=True)
        same = {lines(csv.reader([text])): text for text in before}  # but for its quotation marks
        written = map(_line, data.tables[table])
        text = "".join([head, *(same.get(line, line) for line in written)])
        if table == "coverage":
            text = coverage.table(findings, there, kept)
        if text != "".join([head, *before]):
            new[path] = text
    _write(new | others)
    if fresh := run.load(folder)[0]:
        ledger.write_table(folder, fresh, "coverage")


def _by_key(rows: list[Record]) -> list[Record]:
    return sorted(rows, key=lambda row: row.key)


def _read(folder: Path) -> Dataset:
    """Return the data, cells left open included. ValueError where a file is not in order."""
    data, problems = run.load(folder)
    if data is None or problems:
        raise ValueError(f"the data is not in order: {problems[0]}")
    return data


def _taken_in(data: Dataset, text: str) -> Record | None:
    digest = sha256(text.encode()).hexdigest()
    return next((source for source in data.articles() if source["sha256"] == digest), None)


def _source(
    data: Dataset, article: Path, text: str, given: dict[str, str]
) -> tuple[Record, evidence.Fingerprint]:
    """Return the row and the fingerprint of a new article."""
    for column, option in (("outlet", "--outlet"), ("published", "--published")):
        if not given.get(column):
            raise ValueError(f"{article}: is no article of the book yet: {option} is needed")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", given["published"]):
        raise ValueError(f"published: {given['published']} is not a day in the form YYYY-MM-DD")
    own = f"{links.slug(given.get('outlet_short') or given['outlet'])}-{given['published'][:7]}"
    made = evidence.fingerprint(given.get("source_id") or own, text.encode())
    known = next((dict(s) for s in data.articles() if s["outlet"] == given["outlet"]), {})
    columns = [column["name"] for column in data.columns("sources")]
    row = Record(dict.fromkeys(columns, ""), "sources", article.name, 1)
    shared = ("outlet_short", "outlet_country", "outlet_kind")  # of all articles of an outlet
    row |= {column: known.get(column, "") for column in shared}
    row["headline"] = next(line for line in evidence.plain(text).split("\n") if line)
    row |= {k: v for k, v in given.items() if v}
    row |= {
        "tier": ARTICLE,
        "kind": kind if (kind := row["outlet_kind"]) in ("newspaper", "wire") else "news_site",
        "outlet_short": row["outlet_short"] or row["outlet"],
        "source_id": made.source_id,
        "words": str(made.words),
        "sha256": made.sha256,
    }
    _refuse(data, row)
    return row, made


def _text(article: Path) -> str:
    try:
        text = article.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{article}: {reason(error)}") from None
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in text):
        raise ValueError(f"{article}: is binary, not a text")
    if wrong := evidence.unfit(text):
        raise ValueError(f"{article}: {wrong}")
    if len(evidence.words(text)) < evidence.W:
        short = f"has fewer than {evidence.W} words" if text.strip() else "is empty"
        raise ValueError(f"{article}: {short}")
    return text


def _refuse(data: Dataset, row: Record) -> None:
    """Raise ValueError where an article is there already or a rule objects to its row."""
    for source in data.tables["sources"]:
        for column, what in (("url", "address"), ("source_id", "id")):
            if row[column] and row[column] == source[column]:
                hint = "; give another with --source-id" if column == "source_id" else ""
                raise ValueError(f"the {what} is that of {source['source_id']} already{hint}")
    rows = _by_key([*data.tables["sources"], row])
    beside = Dataset(data.folder, data.package, data.tables | {"sources": rows})
    for rule in ROW_RULES:
        for problem in rule(beside):
            printed = rule is sources.published and row["published_basis"] == "printed"
            if problem.file == row.file and not printed:
                cell = problem.value or "the cell"
                raise ValueError(f"{problem.column}: {cell} {problem.message}")


# -- what follows from what was decided ----------------------------------------------------------


def _follow(data: Dataset) -> None:
    """Fill in cells that others decide: sides by speakers and events, key words by positions."""
    _follow_roles(data)
    _follow_mentions(data)
    people = {row["person_id"]: row for row in data.live("people")}
    events: dict[str, dict[str, str]] = {row["event_id"]: row for row in data.live("events")}
    spoken: dict[str, list[Record]] = {}
    for row in data.live("statements"):
        speaker = row["person_id"]
        if row["side"] == OPEN and speaker != OPEN:
            row["side"] = people[speaker]["side"] if speaker in people else "unstated"
        event = events.get(row["event_id"], {})
        undated = (row["precision"], row["note"]) == ("undated", UNDATED)
        undated &= not row["via_person_id"]  # told to a publisher on a day before
        if undated and event.get("kind") in OCCASIONS and event.get("start"):
            row["date"], row["precision"], row["note"] = event["start"], event["precision"], ""
        _follow_position(data, row)
        if row["side"] not in ("outlet", OPEN):
            spoken.setdefault(row["event_id"], []).append(row)
    for event in events.values():
        if event["kind"] == "announcement" and event["event_id"] in spoken:
            _follow_announcement(data, event, spoken[event["event_id"]], people)
    for row in data.live("attacks"):
        if row["by_side"] == OPEN and row["event_id"] in events:
            row["by_side"] = events[row["event_id"]]["actor_side"]


def _follow_mentions(data: Dataset) -> None:
    """Let an article tell of each event that a number of it belongs to, by the same words: of no
    drafted one from which the number was taken to another.
    """
    fixed, held = _fixed(data), {(r["source_id"], r["evidence"]) for r in data.live("attacks")}
    own = {(r["source_id"], r["evidence"], r["event_id"]) for r in data.live("attacks")}
    data.tables["mentions"] = [
        row
        for row in data.tables["mentions"]
        if row["id"] in fixed
        or row["date_as_written"]
        or (row["source_id"], row["evidence"]) not in held
        or (row["source_id"], row["evidence"], row["event_id"]) in own
    ]
    told = {(row["event_id"], row["source_id"]) for row in data.tables["mentions"]}
    events = {row.key for row in data.live("events")}
    columns = [column["name"] for column in data.columns("mentions")]
    for row in data.live("attacks"):
        where = row["event_id"], row["source_id"]
        if row["event_id"] in events and where not in told:
            cells = dict.fromkeys(columns, "") | {"id": OPEN, "event_id": where[0]}
            cells |= {"source_id": where[1], "evidence": row["evidence"]}
            data.tables["mentions"].append(Record(cells, "mentions", "data/mentions.csv", 0))
            told.add(where)


def _follow_roles(data: Dataset) -> None:
    """Give a speaker who was filled in the role that the article has elsewhere."""
    called: dict[tuple[str, str], str] = {}
    for row in data.live("statements"):
        who = row["source_id"], row["person_id"]
        if row["person_id"] not in ("", OPEN):
            row["role_as_written"] = row["role_as_written"] or called.get(who, "")
            called[who] = row["role_as_written"]


def _follow_announcement(
    data: Dataset, event: dict[str, str], said: list[Record], people: dict[str, Record]
) -> None:
    """Fill in side, place and title of an announcement by who speaks first, and what."""
    first = next((row for row in said if row["position"] not in (OPEN, "none")), said[0])
    if event["actor_side"] == OPEN:
        event["actor_side"] = said[0]["side"]
    seat = {"us": "washington", "iraq": "iraq"}.get(event["actor_side"], "elsewhere")
    if event["place"] == OPEN:
        told = (
            r.get("evidence", "") for r in data.every() if r.get("event_id") == event["event_id"]
        )
        named = supported(JOINT.join(told), data.codes("events", "place"))
        event["place"] = seat if seat in {*named, "elsewhere"} else "unstated"
    speaker = people.get(first["person_id"])
    if event["title"] == OPEN and speaker and first["key_words"] != OPEN:
        event["title"] = f"{speaker['named_as']}: {first['key_words']}"


def _follow_position(data: Dataset, row: Record) -> None:
    """Fill in what the position of a statement leaves no choice in, and its words none."""
    position, concerned = row["position"], data.codes("statements", "concerns")
    named = bodies(row["evidence"], concerned)
    hint = hinted(row["evidence"], data.codes("statements", "topic"))
    if row["topic"] == OPEN and position != OPEN:
        row["topic"] = "presence" if position != "none" else hint or OPEN
    if row["concerns"] == OPEN and position == "mission_ends":
        row["concerns"] = MISSION
    if row["concerns"] == OPEN and position == "none":
        nothing = "" if supported(row["evidence"], concerned) else "other"
        row["concerns"] = _BESIDE.get(row["topic"], nothing) or OPEN
    if not named and position != "none" and supported(row["evidence"], concerned) == {MISSION}:
        named = {MISSION}
    free = position != "none" or row["topic"] not in (OPEN, "violence")
    if row["concerns"] == OPEN and len(named) == 1 and hint != "violence" and free:
        row["concerns"] = min(named)
    if row["key_words"] == OPEN and position != OPEN:
        row["key_words"] = _key_words(data, row)


def _key_words(data: Dataset, row: Record) -> str:
    """Return the words of the evidence that carry the row's position; of none, its first ones."""
    accepted = carried(data.codes("statements", "position"), row["position"])
    for run_of in evidence.fragments(row["evidence"]):
        spans, held = [m.span() for m in WORD.finditer(run_of)], evidence.words(run_of)
        phrases = [tuple(phrase.split()) for phrase in accepted]
        found = ((at[0], len(p)) for p in phrases if (at := evidence.places(p, held)))
        first, length = min(found, key=lambda at: (at[0], -at[1]), default=(len(spans), 1))
        if first + length <= len(spans):
            return _phrase(run_of, spans, first, first + length - 1)
    runs, role = evidence.fragments(row["evidence"]), row.get("role_as_written", "")
    first_run = next((run_of for run_of in runs if not (role and role in run_of)), runs[0])
    key = cut(first_run, (0, len(first_run)), _KEY).partition(evidence.JOINT)[0]
    if key != first_run:  # no phrase cut in its middle
        ahead = [m.start() for m in _PREPOSITION.finditer(f"{key} ")]
        key = next((key[:at] for at in ahead[::-1] if len(evidence.words(key[:at])) > 2), key)
    return key.strip(',;:!?”“"')


def _phrase(run_of: str, spans: list[tuple[int, int]], first: int, last: int) -> str:
    """Return words with some of their clause around them, which a chart can print."""
    begins, ends = clause_at(run_of, spans[first][0])
    start = next(i for i, s in enumerate(spans) if s[0] >= begins)
    after = sum(last < i and s[1] <= ends for i, s in enumerate(spans))
    low = start if last - start < _KEY + 2 else max(start, last - _KEY + min(after, _KEY // 2))
    while low > start and LEADING.fullmatch(run_of[slice(*spans[low])]):
        low -= 1  # 'in Iraq will end' with what is there
    turned = [i for i, s in enumerate(spans[:low]) if _TURNS.fullmatch(run_of[slice(*s)])]
    high = min(max(low + _KEY, last + 1), len(spans))
    low = max(turned[-1] - 1, 0) if turned and last - turned[-1] < 2 * _KEY else low
    while high - 1 > last and (
        spans[high - 1][0] >= ends or LEADING.fullmatch(run_of[slice(*spans[high - 1])])
    ):
        high -= 1
    while low < first and (
        LEADING.fullmatch(run_of[slice(*spans[low])]) or run_of[: spans[low][0]].endswith("-")
    ):
        low += 1
    return whole(run_of, (spans[low][0], spans[high - 1][1])).strip(',;:!?”“"')


def _drop_unused(data: Dataset) -> None:
    """Take out drafted events and people, with cells still open, that no row speaks of any more."""
    used = {
        row.get(column, "")
        for table, rows in data.tables.items()
        for row in rows
        for column in ("event_id", "person_id", "via_person_id", "from_event", "to_event")
        if (table, column) not in (("events", "event_id"), ("people", "person_id"))
    }
    for table in ("events", "people"):
        data.tables[table] = [
            r for r in data.tables[table] if r.key in used or OPEN not in r.values()
        ]


def _number(data: Dataset) -> None:
    """Give rows their ids: the next free one, without a gap where a drafted row was taken out."""
    fixed, new = _fixed(data), dict[str, str]()
    for table, rows in data.tables.items():
        column = next((c for c in data.columns(table) if c["name"] == "id"), {})
        prefix = re.match(r"\^([a-z]{3})-", column.get("constraints", {}).get("pattern", ""))
        for place, row in enumerate(rows, 1) if prefix else ():
            due = f"{prefix[1] if prefix else ''}-{place:04}"
            if row["id"] == OPEN or (row["id"] not in fixed and row["id"] != due):
                new[row["id"]], row["id"] = due, due
    new.pop(OPEN, "")
    for rows in data.tables.values():
        for row in rows if new else ():
            for cell in {"note", "row"} & set(row):
                row[cell] = _ID.sub(lambda m: new.get(m[0], m[0]), row[cell])


def _fixed(data: Dataset) -> set[str]:
    """Return the ids of rows that were published or signed."""
    published = set(data.ledger.rows) if data.ledger else set()
    return published | {row["row"] for row in data.tables.get(reading.READINGS, ())}


def _only(data: Dataset, event: str, source_id: str) -> bool:
    telling = {m["source_id"] for m in data.tables["mentions"] if m["event_id"] == event}
    return telling == {source_id}


def _line(row: Record) -> str:
    return lines([row.values()])


def _write(contents: dict[Path, str | None]) -> None:
    """Write files, or remove those of no content, so that all are new or all are as before."""
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    try:
        for path, content in contents.items():
            path.parent.mkdir(exist_ok=True)
            replace(path, content) if content is not None else path.unlink(missing_ok=True)
    except OSError as error:
        for path, kept in before.items():
            path.unlink(missing_ok=True) if kept is None else path.write_bytes(kept)
        folder = next(iter(contents)).parent
        raise ValueError(f"{folder}: cannot be written: {error.strerror}") from None
