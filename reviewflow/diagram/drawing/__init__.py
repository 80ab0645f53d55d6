"""A chart drawn on paper: how large its boxes are, where they stand, and the page as SVG or PNG."""
