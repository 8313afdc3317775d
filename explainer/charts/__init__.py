"""One module a chapter, one function a figure: `troops.reported` draws `figures/troops_reported.svg`."""
