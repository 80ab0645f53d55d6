"""One bad thing harms only itself.

What fails is set aside at one boundary, told, and tried again with growing pauses until it works.

Not here: who is told, and where it is shown.
"""
