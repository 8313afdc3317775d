"""Where things lie: the only place that knows the repository's root."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
CHAPTERS = ROOT / "chapters"
FIGURES = ROOT / "figures"
STATIC = ROOT / "_static"
BUILD = ROOT / "_build"
SITE = BUILD / "html"
CONFIG = ROOT / "_config.yml"
CONTENTS = ROOT / "_toc.yml"
CHANGELOG = ROOT / "CHANGELOG.md"
