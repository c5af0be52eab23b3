"""Code scanners: serial lines and keyboards; what a code means to a hall."""
