"""The page on which the data is asked: ready questions, a box, the tables and columns."""

import re

from explainer.data.manifest import QUESTIONS
from explainer.data.tables import NAMES, Tables
from explainer.pages.prose import Shown
from explainer.pages.templates import render
from explainer.paths import DATA

_QUESTION = re.compile(r"^-- (.+\?)\n([^;]+);", re.M)


def questions() -> dict[str, str]:
    """Return {question in plain words: its SQL}, in the order of the file of ready questions."""
    return dict(_QUESTION.findall((DATA / QUESTIONS).read_text(encoding="utf-8")))


def box(tables: Tables) -> Shown:
    """Return the ready questions and, hidden until a script shows it, the box for one's own."""
    ready = questions()
    return Shown(render("ask_box.html", tables, questions=ready), f"{len(ready)} questions")


def tables(tables: Tables) -> Shown:
    """Return each table with what one row is and its columns."""
    listed = [tables.schema(name) for name in NAMES]
    return Shown(render("ask_tables.html", tables, listed=listed), f"{len(listed)} tables")
