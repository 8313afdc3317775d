"""Files made of the rows: for the site's script one for each article, and two CSVs."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from explainer.data.corrections import followed
from explainer.data.files import lines
from explainer.data.rows import RECORD, Row, address, article_of, rows
from explainer.data.tables import Tables
from explainer.pages.evidence import counted
from explainer.words import event_dates, record
from explainer.words.event_dates import resolved
from explainer.words.quotations import fragment, inner
from explainer.words.sources import in_time
from explainer.words.truncate import FEW


@cache
def held(tables: Tables, past: Tables | None = None) -> dict[str, dict[str, Any]]:
    """Return {article: {'source': the article, 'rows': {id: row}, 'groups': {event: rows behind
    it}}}. `record`, last, holds the facts beyond the articles, marked as context. A group names at
    most `FEW` rows with their articles. `past` has the superseded rows, too, for the page of
    corrections.
    """
    articles = {
        a["source_id"]: {**a[["outlet", "headline"]], "date": a["day"], "url": a["url"]}
        for _, a in in_time(tables).iterrows()
    }
    files = {
        source: {"source": told, "rows": {}, "groups": {}} for source, told in articles.items()
    }
    follows = followed(past or tables)
    beyond = record.facts(past or tables).itertuples()
    if facts := {row.id: _fact(row, follows.get(row.id, "")) for row in beyond}:
        files[RECORD] = {"source": {}, "rows": facts, "groups": {}}
    for row in rows(past or tables).values():
        if (source := _article(row)) in articles:
            later, dates = follows.get(row.id, ""), resolved(tables)
            files[source]["rows"][row.id] = _shown(row, articles[source], dates, later)
    mentions = tables.mentions.groupby("event_id")["id"].agg(tuple)
    for e in tables.events.itertuples():
        files[article_of(tables, e.event_id)]["groups"][e.event_id] = _group(
            tables, e.title, event_dates.words(e), mentions[e.event_id]
        )
    return files


def files(tables: Tables, past: Tables | None = None) -> dict[str, str]:
    """Return {name: script} of the files that `_static/proof.js` loads when it needs them:
    `<source_id>` and `record` as in `held`; `numbers`, the groups behind counted ones; `articles`
    all ids in order; `where` those of their rows.
    """
    proofs = held(tables, past)
    numbers = {
        f"num-{key}": _group(tables, n.text, n.how, n.rows) for key, n in counted(tables).items()
    }
    where = {source: [*told["rows"], *told["groups"]] for source, told in proofs.items()}
    told = {**proofs, "numbers": {"groups": numbers}, "where": where, "articles": list(proofs)}
    return {name: _script(name, content) for name, content in told.items()}


def _script(name: str, content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False)
    return f"(window.bookData??={{}})[{json.dumps(name)}]={text};\n"


def excerpt(
    tables: Tables, ids: Iterable[str], past: Tables | None = None
) -> dict[str, dict[str, Any]]:
    """Return what `held` holds of these rows and groups, for the charts of a page, if they stand on
    an article's page. KeyError if no row has one of the ids.
    """
    proofs = held(tables, past)
    made: dict[str, Any] = {}
    placed = {row_id: article_of(tables, row_id) for row_id in ids}
    for row_id, source in placed.items():
        if not source:
            continue
        group = proofs[source]["groups"].get(row_id)
        for article, one in [*(group["rows"] if group else ()), (source, row_id)]:
            empty = {"source": proofs[article]["source"], "rows": {}, "groups": {}}
            part = made.setdefault(article, empty)
            if group and one == row_id:
                part["groups"][one] = group
            else:
                row = proofs[article]["rows"][one]
                said = () if article == RECORD else ("says",)
                part["rows"][one] = {name: row[name] for name in row if name not in said}
    return made


def downloads(tables: Tables) -> dict[str, str]:
    """Return {name: CSV}: every row with its address; the rows behind each counted number."""
    told = [("id", "table", "source_id", "address", "words", "says")]
    for row in rows(tables).values():
        at = address(tables, row.id).removeprefix("../")
        told.append((row.id, row.table, row.source_id, at, row.words, row.says))
    numbers = [("number", "text", "how", "row")]
    for key, n in counted(tables).items():
        numbers += [(key, n.text, n.how, row) for row in n.rows or ("",)]
    return {"rows.csv": lines(told), "numbers.csv": lines(numbers)}


def _article(row: Row) -> str:
    return row.id if row.table == "sources" else row.source_id


def _fact(row: Any, later: str) -> dict[str, Any]:
    """Return a fact of the record as the script shows it: with its page, no exact words."""
    note = " ".join(filter(None, (row.note, _fate(row.id, later))))
    told = {
        "context": record.APART,
        "outlet": row.outlet,
        "headline": row.headline,
        "date": row.published,
        "url": row.url,
        "kind": record.said_kind(row),
        "says": row.what,
        "proof": row.proof,
        "note": note,
    }
    return {key: value for key, value in told.items() if value}


def _fate(row: str, later: str) -> str:
    """Return what became of a corrected row, "" of any other: a withdrawn one names itself."""
    if row == later:
        return "Withdrawn, not replaced."
    return f"Corrected; replaced by {later}." if later else ""


def _group(tables: Tables, text: str, how: str, ids: tuple[str, ...]) -> dict[str, Any]:
    return {
        "text": text,
        "how": how,
        "count": len(ids),
        "rows": [(article_of(tables, i), i) for i in ids[:FEW]],
    }


def _shown(row: Row, article: dict[str, Any], dates: dict[str, str], later: str) -> dict[str, Any]:
    words = article["headline"] if row.table == "sources" else row.words
    run = fragment("", words) if article["url"] and words else ""
    # what was found beside the claim: its words alone would not tell
    found = f"{row.says}.".replace("..", ".") if row.table == "comparisons" else ""
    notes = (found, dates.get(row.id), row.note, _fate(row.id, later))
    note = " ".join(filter(None, notes))
    told = {"words": inner(words), "says": row.says, "note": note, "run": run}
    return {key: value for key, value in told.items() if value}
