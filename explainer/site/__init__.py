"""How the site is built: notebooks run, Sphinx, the finishing steps, the link check, and what is
published beside the pages.

Here belongs what reads or writes files of the site. Nothing else imports from it.
"""
