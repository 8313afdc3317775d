"""What leaves with a reader or a machine, made from the built site: each module is a step of the
build.
"""
