"""Imported by a notebook, makes each figure show itself as Altair shows a chart: its wide composition, by Vega."""

from explainer.figures import Figure

Figure._repr_mimebundle_ = lambda figure, include=None, exclude=None: figure.wide._repr_mimebundle_(include, exclude)
