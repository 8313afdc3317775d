"""What the site's script knows: the rows of each article in a file of their own, the counted numbers, where each row is."""

import json

from explainer.corrections import followed
from explainer.prose import fragment, inner, resolved
from explainer.rows import Row, article_of, rows
from explainer.sources import date_of, in_time
from explainer.tables import Tables
from explainer.theme import day
from explainer.views.evidence import FEW, counted


def files(tables: Tables, past: Tables | None = None) -> dict[str, str]:
    """Return {name: script} of the files that `_static/proof.js` loads when it needs them.

    `<source_id>` holds an article, its rows, and the groups of rows behind the events that stand on its page; `numbers` the
    groups behind counted numbers; `where` the ids of each article's rows. A group names at most `FEW` rows with their articles. `past` has the superseded rows, too, which the page of corrections links to.
    """
    articles = {a["source_id"]: {"outlet": a["outlet"], "headline": a["headline"], "date": date_of(a), "url": a["url"]}
                for _, a in in_time(tables).iterrows()}
    held = {source: {"source": told, "rows": {}, "groups": {}} for source, told in articles.items()}
    follows = followed(past or tables)
    for row in rows(past or tables).values():
        if source := _article(row):
            held[source]["rows"][row.id] = _shown(row, articles[source], resolved(tables), follows.get(row.id, ""))
    mentions = tables.mentions.groupby("event_id")["id"].agg(tuple)
    for e in tables.events.itertuples():
        held[article_of(tables, e.event_id)]["groups"][e.event_id] = _group(tables, e.title, day(e.start) if e.start else "No date given.", mentions[e.event_id])
    numbers = {f"num-{key}": _group(tables, n.text, n.how, n.rows) for key, n in counted(tables).items()}
    where = {source: [*told["rows"], *told["groups"]] for source, told in held.items()}
    return {name: f"(window.bookData??={{}})[{json.dumps(name)}]={json.dumps(told, ensure_ascii=False)};\n"
            for name, told in {**held, "numbers": {"groups": numbers}, "where": where}.items()}


def _article(row: Row) -> str:
    return row.id if row.table == "sources" else row.source_id


def _group(tables: Tables, text: str, how: str, ids: tuple[str, ...]) -> dict:
    return {"text": text, "how": how, "count": len(ids), "rows": [(article_of(tables, i), i) for i in ids[:FEW]]}


def _shown(row: Row, article: dict, dates: dict[str, str], later: str) -> dict:
    words = article["headline"] if row.table == "sources" else row.words
    run = fragment("", words) if article["url"] and words else ""
    note = " ".join(filter(None, (dates.get(row.id), row.note, later and f"Corrected: {later} stands in its place.")))
    told = {"words": inner(words), "says": row.says, "note": note, "run": run}
    return {key: value for key, value in told.items() if value}
