"""The facts as Python sees them: descriptor, typed tables, dates, evidence, row ids and addresses,
corrections.

Here belongs what reads or names data. Judging it belongs to `check`, wording it to `words`.
"""
