"""The codebook: `data/README.md`, written from the descriptor, which is its only source."""

from collections.abc import Iterator
from typing import Any

from explainer.data.dataset import key_columns

HEAD = """# The data: one file, one kind of fact

<!-- Made by `python -m explainer codebook --write` from `datapackage.json`. Edit that file. -->
"""
_LIMITS = (("pattern", "Pattern: `{}`."), ("minimum", "At least {}."), ("maximum", "At most {}."))


def text(package: dict[str, Any]) -> str:
    """Return the codebook of a Data Package: the columns and codes of each file."""
    return "\n".join(
        [HEAD, *_files(package), *(line for r in package["resources"] for line in _resource(r))]
    )


def _files(package: dict[str, Any]) -> Iterator[str]:
    yield f"{package['description']}\n"
    yield "| file | one row is | key |\n|---|---|---|"
    for resource in package["resources"]:
        columns = ", ".join(f"`{column}`" for column in key_columns(resource))
        path, row = resource["path"], resource["description"].removeprefix("One row is ")
        link = f"[`{path}`](#{path.replace('.', '')})"
        yield f"| {link} | {_cell(row.rstrip('.'))} | {columns} |"
    yield ""
    if kept := package.get("kept"):
        yield (
            "Words that evidence must not lose between two of its runs, unless `note` has them: "
            f"{', '.join(kept)}.\n"
        )
    if opposites := package.get("opposites"):
        pairs = "; ".join(" against ".join(map(", ".join, pair)) for pair in opposites)
        yield f"Words of ours that do not stand for rows with only their opposites: {pairs}.\n"


def _resource(resource: dict[str, Any]) -> Iterator[str]:
    yield f"## {resource['path']}\n"
    yield f"{resource['title']}. {resource['description']}\n"
    yield "| column | type | required | what it holds |\n|---|---|---|---|"
    references = {k["fields"]: k["reference"] for k in resource["schema"].get("foreignKeys", [])}
    fields = resource["schema"]["fields"]
    for field in fields:
        constraints = field.get("constraints", {})
        kind = field["type"] + (f" ({field['unit']})" if "unit" in field else "")
        held = [field["description"]]
        if field.get("codes"):
            held.append("One of the codes below.")
        if reference := references.get(field["name"]):
            held.append(f"A key of `{reference['resource'] or resource['name']}`.")
        held += [form.format(constraints[name]) for name, form in _LIMITS if name in constraints]
        if "spellings" in field:
            groups = "; ".join(", ".join(names) for names in field["spellings"])
            held.append(f"The search takes these for one word each: {groups}.")
        required = "yes" if constraints.get("required") else ""
        yield f"| `{field['name']}` | {kind} | {required} | {_cell(' '.join(held))} |"
    yield ""
    for field in fields:
        if field.get("codes"):
            yield from _codes(resource["name"], field)


def _codes(table: str, field: dict[str, Any]) -> Iterator[str]:
    yield f"### {table}.{field['name']}\n"
    yield f"{field['description']}\n"
    yield (
        "| code | label | means | in a doubtful case | example | words that support it"
        " |\n|---|---|---|---|---|---|"
    )
    for code in field["codes"]:
        words = ", ".join(code.get("words", []))
        words += "; named outright: " * ("named" in code) + ", ".join(code.get("named", []))
        cells = (code["label"], code["means"], code.get("rule", ""), code.get("example", ""), words)
        yield f"| `{code['code']}` | " + " | ".join(map(_cell, cells)) + " |"
    yield ""


def _cell(written: str) -> str:
    return written.replace("|", "\\|").replace("<", "&lt;")
