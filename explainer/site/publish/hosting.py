"""Where the repository is and errors are reported, from `_config.yml`, where it says."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from explainer.data.files import yaml_of
from explainer.paths import ROOT

NOTEBOOKS = "notebooks"  # the branch with the executed ones: Colab opens a branch, not a site


def repository(config: Path = ROOT / "_config.yml") -> tuple[str, str]:
    """Return the repository's address, "" for none, and its branch. ValueError where it is no
    repository of GitHub, whose workflow and form for errors it holds.
    """
    options = _read(config).get("html_theme_options") or {}
    given = (options.get("repository_url") or "").rstrip("/").removesuffix(".git")
    if given and not re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", given):
        what = f"{given} is no repository: it should be like https://github.com/owner/name"
        raise ValueError(f"{config.name}: repository_url: {what}")
    return given, options.get("repository_branch") or "main"


def launches(page: str, repository: str, branch: str) -> dict[str, str]:
    """Return {name: address} of the services that run a page's notebook, in the forms that
    mybinder.org and colab.research.google.com document.
    """
    if not repository:
        return {}
    name, file = repository.removeprefix("https://github.com/"), f"{Path(page).name}.ipynb"
    at = f"{name}/{quote(branch, safe='')}?urlpath={quote(f'lab/tree/{page}.md')}"
    return {
        "Binder": f"https://mybinder.org/v2/gh/{at}",
        "Colab": f"https://colab.research.google.com/github/{name}/blob/{NOTEBOOKS}/{file}",
    }


def report(row: str, config: Path = ROOT / "_config.yml") -> str:
    """Return the address at which an error in a row is reported, its id filled in: the
    repository's form (`.github/ISSUE_TEMPLATE/error.yml`), else a letter to `report_address`
    (RFC 6068), else "". ValueError where that is no e-mail address.
    """
    given, title = repository(config)[0], quote(f"Error in {row}" if row else "Error")
    if given:
        return f"{given}/issues/new?template=error.yml&title={title}&row={quote(row)}"
    to = _read(config).get("report_address") or ""
    if to and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", to):
        raise ValueError(f"{config.name}: report_address: {to} is no e-mail address")
    return f"mailto:{to}?subject={title}" if to else ""


def _read(config: Path) -> dict[str, Any]:
    sphinx = (yaml_of(config.read_text(encoding="utf-8")) or {}).get("sphinx") or {}
    return sphinx.get("config") or {}
