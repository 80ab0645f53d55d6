"""Who is who: partnership.yaml itself, its standing groups, and the links by which agencies open cases."""
