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
    tables = {
        resource["name"]: {
            "title": resource["title"],
            "description": resource["description"],
            "columns": {c["name"]: c["description"] for c in resource["schema"]["fields"]},
        }
        | ({"label_column": _LABELS[resource["name"]]} if resource["name"] in _LABELS else {})
        for resource in package["resources"]
    }
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
