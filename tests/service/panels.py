"""A group of the partnership that meets, for offices of tests."""

GROUP = """
groups:
  panel:
    title: The panel
    chair: chair
    posts: [chair, partner_police, partner_health]
    agencies: {school: contact}
    quorum: half, partner_police among them
"""
