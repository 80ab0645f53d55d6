"""The gate: the proxy asks it, before each request to Prefect or the board, whether who is signed in may do that.

It fails shut: without an answer from it the proxy lets nothing through.
"""
