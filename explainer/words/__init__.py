"""How numbers, dates and counts are said: formats, labels, counted numbers.

Here belongs text without markup; HTML belongs to `pages`.
"""
