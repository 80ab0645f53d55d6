"""What people typed: read, checked and screened, and what a decision table makes of it."""
