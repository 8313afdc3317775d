"""The grammar of the charts: what a colour and a shape mean, true time axes, lanes, words, links.

Here belongs what more than one chart needs and Vega-Lite does not have. What Vega-Lite has (scales,
axes, legends, facets) a chart uses as it is; what only one chart needs stays in its module.

One colour and one shape mean one thing in every chart:

    shape                | one mark is
    ---------------------|------------------------------------------------------------------
    square               | one statement, as one article reports it
    circle               | one number as printed: troops, attacks, people
    circle with a line up| a number that is only a floor: at least that many
    dashed circle        | one that has no height on a scale: a plan, a part
    triangle             | an attack by an armed group
    cross                | a US strike
    short dash           | a number that is only planned
    diamond              | a deadline: something that is due, on its day
    line behind a mark   | the time within which it lies, where no day is known
    bar                  | how long something lasts, or how many there are
    rule across a chart  | a day or a level that all marks are compared with
    dot on a map         | a place; in a dotted ring, one that is known only roughly

    colour               | means
    ---------------------|------------------------------------------------------------------
    blue, ochre, teal    | a side: Washington, Baghdad, both in one text
    wine, grey           | an armed group; another country, agency or outlet
    ink                  | what is no side's: a number, a rule, a label
    filled, outline      | of one of the articles; beyond them (context), or of another year

`explainer.theme` holds the colours; a test holds that no reader takes one side for another.
"""
