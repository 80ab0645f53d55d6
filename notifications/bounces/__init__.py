"""Mail that came back (RFC 3464), and what services say that keep account of it: read here, matched by the service."""
