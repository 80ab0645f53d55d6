"""Commands about the whole office: mail, registers, figures, records."""
