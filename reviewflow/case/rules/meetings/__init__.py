"""Meetings of groups: who was there, and whether that makes their quorum."""
