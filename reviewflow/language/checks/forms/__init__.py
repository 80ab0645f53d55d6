"""Checks of forms, answers, decision tables, and of questions that could identify a child."""
