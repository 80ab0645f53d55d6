"""The days that count: published bank holidays, corrections by hand, local closures and school holidays, and how days are
counted. No file of definitions is read here, and no case.
"""
