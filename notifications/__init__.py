"""Channels: how a letter leaves the building. Only this package imports Apprise."""
