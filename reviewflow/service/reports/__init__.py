"""Figures and registers over all cases: timeliness, actions, publications.

Not here: the page of one case, which is `views`.
"""
