"""From YAML text to a tree that knows its places, to the model, and back.

With every mistake said in an office's words.
"""
