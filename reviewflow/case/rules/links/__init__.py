"""What runs beside a case: when a link is looked at again, and what is waited for in the cases that are linked."""
