"""Where the repository is and errors are reported, from `_config.yml`, where it says."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from explainer.data.files import yaml_of
from explainer.paths import ROOT

NOTEBOOKS = "notebooks"  # the branch with the executed ones: Colab opens a branch, not a site


def repository(config: Path = ROOT / "_config.yml") -> tuple[str, str]:
    """Return the repository's address, "" for none, and its branch."""
    options = _read(config).get("html_theme_options") or {}
    given = (options.get("repository_url") or "").rstrip("/").removesuffix(".git")
    if given and not (urlsplit(given).scheme == "https" and urlsplit(given).path.count("/") >= 2):
        what = f"{given} is no repository: it should be like https://github.com/owner/name"
        raise ValueError(f"{config.name}: repository_url: {what}")
    return given, options.get("repository_branch") or "main"


def launches(page: str, repository: str, branch: str) -> dict[str, str]:
    """Return {name: address} of the services that run a page's notebook: Binder for public
    repositories, Colab for those of GitHub, in the forms that mybinder.org and
    colab.research.google.com document.
    """
    if not repository:
        return {}
    host, path = urlsplit(repository).netloc, urlsplit(repository).path.strip("/")
    kinds = {"github.com": f"gh/{path}", "gitlab.com": f"gl/{quote(path, safe='')}"}
    kind = kinds.get(host, f"git/{quote(repository, safe='')}")
    at = f"{kind}/{quote(branch, safe='')}?urlpath={quote(f'lab/tree/{page}.md')}"
    found = {"Binder": f"https://mybinder.org/v2/{at}"}
    if host == "github.com":
        at = f"{path}/blob/{NOTEBOOKS}/{Path(page).name}.ipynb"
        found["Colab"] = f"https://colab.research.google.com/github/{at}"
    return found


def report(row: str, config: Path = ROOT / "_config.yml") -> str:
    """Return the address at which an error in a row is reported, its id filled in: a form of the
    repository, else a letter to `report_address`, else "". Sources: the parameters that GitHub (its
    form is `.github/ISSUE_TEMPLATE/error.yml`), GitLab and Gitea document; RFC 6068. ValueError
    where `report_address` is no e-mail address.
    """
    given, title = repository(config)[0], quote(f"Error in {row}" if row else "Error")
    if urlsplit(given).netloc == "github.com":
        return f"{given}/issues/new?template=error.yml&title={title}&row={quote(row)}"
    if given:
        gitlab = "gitlab" in urlsplit(given).netloc
        form = "/-/issues/new?issue[title]=" if gitlab else "/issues/new?title="
        return f"{given}{form}{title}"
    to = _read(config).get("report_address") or ""
    if to and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", to):
        raise ValueError(f"{config.name}: report_address: {to} is no e-mail address")
    return f"mailto:{to}?subject={title}" if to else ""


def _read(config: Path) -> dict[str, Any]:
    sphinx = (yaml_of(config.read_text(encoding="utf-8")) or {}).get("sphinx") or {}
    return sphinx.get("config") or {}
