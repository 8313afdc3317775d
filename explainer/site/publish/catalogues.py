"""How data catalogues read the data set, from the descriptor: with sizes, as Croissant, as DCAT."""

import json
from hashlib import sha256
from typing import Any

from explainer.data.corrections import dates
from explainer.data.dataset import DESCRIPTOR, Dataset, key_columns
from explainer.data.tables import Tables
from explainer.site.document import render
from explainer.site.publish import citation
from explainer.site.publish.address import url
from explainer.words.sources import in_time

CROISSANT, DCAT = "croissant.json", "dcat.jsonld"


def catalogues(held: Dataset, tables: Tables, base: str) -> dict[str, bytes]:
    """Return {file name: content} of the descriptor, Croissant and DCAT. `base` is the site's
    address, "" for none: then files are named by their place beside these.
    """
    package, work, (published, modified) = held.package, citation.work(), dates(tables)
    files = []
    for resource in package["resources"]:
        content = (held.folder / resource["path"]).read_bytes()
        size = {"bytes": len(content), "digest": sha256(content).hexdigest()}
        place = url(base, f"data/{resource['path']}") or resource["path"]
        files.append({**resource, **size, "address": place})
    about = {
        "package": package, "files": files, "base": base, "published": published,
        "modified": modified, "work": work, "keys": key_columns,
        "cited": citation.bibtex(work, package["name"], address=base),
        "sources": [address for address in tables.sources["url"] if address],
    }  # fmt: skip
    made = {
        DESCRIPTOR: descriptor(package, files, tables, base),
        CROISSANT: json.loads(render("croissant.json", **about)),
        DCAT: json.loads(render("dcat.json", **about)),
    }
    return {
        name: (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
        for name, content in made.items()
    }


def descriptor(
    package: dict[str, Any], files: list[dict[str, Any]], tables: Tables, base: str
) -> dict[str, Any]:
    """Return the descriptor with day, articles, address, and bytes and hash of each file."""
    about = {
        "created": f"{dates(tables)[1]}T00:00:00Z",
        "sources": [origin(source) for source in in_time(tables).to_dict("records")],
        **({"homepage": base} if base else {}),
    }
    sizes = [{"bytes": file["bytes"], "hash": f"sha256:{file['digest']}"} for file in files]
    resources = [{**r, **size} for r, size in zip(package["resources"], sizes, strict=True)]
    return {**package, **about, "resources": resources}


def origin(source: dict[str, Any]) -> dict[str, str]:
    """Return an article as Data Package v2 names a source: its address only where it is known."""
    title = {"title": f"{source['outlet']}: {source['headline']}"}
    return {**title, "path": source["url"]} if source["url"] else title
