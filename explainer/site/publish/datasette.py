"""What Datasette shows beside the SQLite file (its "Metadata" and "Canned queries")."""

import re
from pathlib import Path
from typing import Any

from explainer.pages.ask import questions

_LABELS = {  # columns that name a row where another table refers to it
    "sources": "headline",
    "people": "name",
    "events": "title",
    "topics": "question",
    "places": "name",
    "record": "what",
}


def metadata(package: dict[str, Any], file: str) -> dict[str, Any]:
    """Return the metadata of the SQLite file called `file` that holds a Data Package."""
    tables = {}
    for resource in package["resources"]:
        name, columns = resource["name"], resource["schema"]["fields"]
        tables[name] = {"title": resource["title"], "description": resource["description"]}
        tables[name]["columns"] = {c["name"]: c["description"] for c in columns}
        if name in _LABELS:
            tables[name]["label_column"] = _LABELS[name]
    queries = {
        re.sub(r"\W+", "-", question.lower()).strip("-"): {"title": question, "sql": sql}
        for question, sql in questions().items()
    }
    return {
        "title": package["title"],
        "description": package["description"],
        "license": package["licenses"][0]["title"],
        "license_url": package["licenses"][0]["path"],
        "databases": {Path(file).stem: {"tables": tables, "queries": queries}},
    }
