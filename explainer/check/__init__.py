"""What may be published: the rules over the data, the account of each article, the damage test.

Here belongs what says no, or tells how often the check does. It imports from `data` alone.
"""
