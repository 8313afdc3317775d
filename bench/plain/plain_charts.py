"""Imported by a notebook, makes each figure show itself as Altair shows a chart: its wide
composition, by Vega.
"""

from explainer.pages import figure
from explainer.theme import DESK

figure.mimebundle = lambda plate, include=None, exclude=None: plate.on(
    DESK, plate.subtitle
)._repr_mimebundle_(include, exclude)
