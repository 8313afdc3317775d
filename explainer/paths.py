"""Where things lie: the only place that knows the repository's root."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
FIGURES = ROOT / "figures"
BUILD = ROOT / "_build"
SITE = BUILD / "html"
CONTENTS = ROOT / "_toc.yml"
CHANGELOG = ROOT / "CHANGELOG.md"
