"""The days that count: published bank holidays, corrections by hand, local closures and school holidays.

How days are counted stands here too. No file of definitions is read here, and no case.
"""
