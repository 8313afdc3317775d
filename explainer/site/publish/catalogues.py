"""How data catalogues read the data set, from the descriptor: with sizes, as Croissant, as DCAT."""

import json
from hashlib import sha256
from typing import Any, NamedTuple

from explainer.data.corrections import dates
from explainer.data.dataset import DESCRIPTOR, Dataset, key_columns
from explainer.data.tables import Tables
from explainer.site.publish import citation
from explainer.site.publish.address import url
from explainer.words.sources import in_time

CROISSANT, DCAT = "croissant.json", "dcat.jsonld"
_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date"}
# The context that Croissant 1.0 asks each file to carry:
# https://docs.mlcommons.org/croissant/docs/croissant-spec.html#appendix-1-json-ld-context
_CROISSANT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
} | {
    name: f"cr:{name}"
    for name in (
        "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject",
        "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField",
        "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
        "separator", "source", "subField", "transform",
    )
}  # fmt: skip
_DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class File(NamedTuple):
    """What catalogues say of a file: its size in bytes, its SHA-256."""

    size: int
    digest: str


def catalogues(held: Dataset, tables: Tables, base: str) -> dict[str, bytes]:
    """Return {file name: content} of the descriptor, Croissant and DCAT. `base` is the site's
    address, "" for none: then files are named by their place beside these.
    """
    contents = {
        r["name"]: (held.folder / r["path"]).read_bytes() for r in held.package["resources"]
    }
    files = {name: File(len(c), sha256(c).hexdigest()) for name, c in contents.items()}
    made = {
        DESCRIPTOR: descriptor(held.package, files, tables, base),
        CROISSANT: croissant(held.package, files, tables, base),
        DCAT: dcat(held.package, files, tables, base),
    }
    return {
        name: (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
        for name, content in made.items()
    }


def descriptor(
    package: dict[str, Any], files: dict[str, File], tables: Tables, base: str
) -> dict[str, Any]:
    """Return the descriptor with day, articles, address, and bytes and hash of each file."""
    about = {
        "created": f"{dates(tables)[1]}T00:00:00Z",
        "sources": [origin(source) for source in in_time(tables).to_dict("records")],
        **({"homepage": base} if base else {}),
    }
    resources = []
    for resource in package["resources"]:
        size, digest = files[resource["name"]]
        resources.append({**resource, "bytes": size, "hash": f"sha256:{digest}"})
    return {**package, **about, "resources": resources}


def origin(source: dict[str, Any]) -> dict[str, str]:
    """Return an article as Data Package v2 names a source: its address only where it is known."""
    title = {"title": f"{source['outlet']}: {source['headline']}"}
    return {**title, "path": source["url"]} if source["url"] else title


def croissant(
    package: dict[str, Any], files: dict[str, File], tables: Tables, base: str
) -> dict[str, Any]:
    """Return the data set as Croissant 1.0 (MLCommons, 2024) describes it."""
    published, modified = dates(tables)
    work = citation.work()
    return {
        "@context": _CROISSANT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "alternateName": package["title"],
        "description": package["description"],
        "license": package["licenses"][0]["path"],
        "keywords": package["keywords"],
        "version": package["version"],
        "datePublished": published,
        "dateModified": modified,
        "inLanguage": "en",
        "isLiveDataset": False,
        "creator": [{"@type": "sc:Organization", "name": name} for name in work.authors],
        "citeAs": citation.bibtex(work, package["name"], address=base),
        "url": base or ".",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": resource["path"],
                "name": resource["path"],
                "description": resource["description"],
                "contentUrl": url(base, f"data/{resource['path']}") or resource["path"],
                "encodingFormat": "text/csv",
                "contentSize": f"{files[resource['name']].size} B",
                "sha256": files[resource["name"]].digest,
            }
            for resource in package["resources"]
        ],
        "recordSet": [_records(resource) for resource in package["resources"]],
    }


def _records(resource: dict[str, Any]) -> dict[str, Any]:
    """Return a table as Croissant's set of records, its foreign keys as references: but not those
    to itself, of which Croissant's reader makes a circle.
    """
    name, schema = resource["name"], resource["schema"]
    references = {
        key["fields"]: {
            "references": {"field": {"@id": "{resource}/{fields}".format(**key["reference"])}}
        }
        for key in schema.get("foreignKeys", [])
        if key["reference"]["resource"] not in ("", name)
    }
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["description"],
        "key": [{"@id": f"{name}/{key}"} for key in key_columns(resource)],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{column['name']}",
                "name": column["name"],
                "description": f"{column['title']}. {column['description']}",
                "dataType": _TYPES.get(column["type"], "sc:Text"),
                "source": {
                    "fileObject": {"@id": resource["path"]},
                    "extract": {"column": column["name"]},
                },
            }
            | references.get(column["name"], {})
            for column in schema["fields"]
        ],
    }


def dcat(
    package: dict[str, Any], files: dict[str, File], tables: Tables, base: str
) -> dict[str, Any]:
    """Return the data set as DCAT 3 (W3C, 2024) describes it, in JSON-LD."""
    published, modified = dates(tables)
    maker = {"@type": "foaf:Agent", "foaf:name": package["contributors"][0]["title"]}
    licence = {"@id": package["licenses"][0]["path"]}
    return {
        "@context": _DCAT,
        "@type": "dcat:Dataset",
        "dct:identifier": f"{package['name']}-data-{package['version']}",
        "dct:title": package["title"],
        "dct:description": package["description"],
        "dcat:keyword": package["keywords"],
        "dcat:version": package["version"],
        "dct:issued": {"@type": "xsd:date", "@value": published},
        "dct:modified": {"@type": "xsd:date", "@value": modified},
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/ENG"},
        "dct:publisher": maker,
        "dct:creator": maker,
        "dct:license": licence,
        "dct:source": [{"@id": address} for address in tables.sources["url"] if address],
        **({"dcat:landingPage": {"@id": url(base, "chapters/data.html")}} if base else {}),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": resource["title"],
                "dct:description": resource["description"],
                "dcat:downloadURL": {
                    "@id": url(base, f"data/{resource['path']}") or resource["path"]
                },
                "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
                "dcat:byteSize": files[resource["name"]].size,
                "dct:license": licence,
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                    "spdx:checksumValue": files[resource["name"]].digest,
                },
            }
            for resource in package["resources"]
        ],
    }
