"""Every number and date that prose may show, each with the rows that prove it. Keys are a row's id
(`trp_0001`), an event's (`date_joint_statement_2024_09`, `month_…`), a fact's (`rec_0001`,
`date_rec_0001`), or those of `explainer.words.counts`.
"""

from explainer.data.tables import Tables
from explainer.data.tracking import remembered
from explainer.words import record
from explainer.words.counts import Number, context, method, reported
from explainer.words.formats import count, day, when

COUNTS = {**context.COUNTS, **method.COUNTS, **reported.COUNTS}
_FACT = "rec_"  # in the key of a number of the record


@remembered
def numbers(tables: Tables, wanted: frozenset[str] | None = None) -> dict[str, Number]:
    """Return {key: Number} of all that prose may show, or, and read no more, of keys `wanted`."""
    named = [name for name in COUNTS if wanted is None or name in wanted]
    made = {name: _counted(tables, name) for name in named}
    if wanted is None:
        return made | _dates(tables) | _rows(tables) | _facts(tables)
    left = wanted - set(made)
    dates = {key for key in left if key.startswith(("date_", "month_"))}
    if dates:
        made |= _dates(tables)
    if left - dates:
        made |= _rows(tables)
    if any(_FACT in key for key in left):
        made |= _facts(tables)
    return {key: value for key, value in made.items() if key in wanted}


@remembered
def _counted(tables: Tables, name: str) -> Number:
    return COUNTS[name](tables)


@remembered
def _rows(tables: Tables) -> dict[str, Number]:
    made = {}
    for table, column in (("troops", "count"), ("attacks", "value"), ("quantities", "value")):
        hedges = tables.labels(table, "qualifier")
        for row in getattr(tables, table).itertuples():
            text = count(getattr(row, column), row.qualifier, hedges)
            made[_name(row.id)] = Number(text, (row.id,))
    return made


@remembered
def _facts(tables: Tables) -> dict[str, Number]:
    """Return the figure and the date of each fact of the record."""
    made = {}
    for row in record.facts(tables).itertuples():
        made["date_" + _name(row.id)] = Number(row.when, (row.id,))
        if row.number:
            made[_name(row.id)] = Number(row.number, (row.id,))
    return made


@remembered
def _dates(tables: Tables) -> dict[str, Number]:
    """Return the date of each event that has one, proved by mentions with a date, if any."""
    made = {}
    for event in tables.events.itertuples():
        rows = tables.mentions[tables.mentions["event_id"] == event.event_id]
        dated = rows[rows["date_as_written"] != ""]
        proofs = tuple((dated if len(dated) else rows)["id"])
        if event.start:
            article = "the " if event.precision == "week" else ""
            text = article + when(event.start, event.precision, event.end)
            made["date_" + _name(event.event_id)] = Number(text, proofs)
        if event.start.count("-"):
            month = day(event.start[:7], year=False)
            made["month_" + _name(event.event_id)] = Number(month, proofs)
    return made


def _name(identifier: str) -> str:
    return identifier.replace("-", "_")
