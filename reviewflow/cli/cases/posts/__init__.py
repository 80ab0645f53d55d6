"""Commands about which post answers a step."""
