"""What an office decides by hand, as forms and as the commands that follow: nothing here draws or carries out."""
