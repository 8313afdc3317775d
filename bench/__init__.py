"""Benchmarks: weight against a stock Jupyter Book, time of a build, growth with the data. No part
of the package.
"""
