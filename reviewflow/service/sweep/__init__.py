"""What a sweep does, part by part.

Chase what is due, open linked cases, make papers and digests, and preview the letters to come.
"""
