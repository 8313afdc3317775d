"""What is drawn: one module a chapter, one function a figure (`troops.reported` draws
`figures/troops_reported.svg`).

Here belongs what makes Vega-Lite of tables; how a figure stands on a page belongs to `pages`.
"""
