"""What is asked for, answered, chased or met with silence, and what became of the letters about it."""
