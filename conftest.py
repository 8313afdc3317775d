"""The kernels of `pytest --nbval` find this book's `explainer`, wherever a notebook lies."""

import os
from pathlib import Path

_FOUND = os.environ.get("PYTHONPATH", "").split(os.pathsep)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(__file__).parent), *_FOUND]))
