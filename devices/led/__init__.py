"""LED screens over a counter: text of lines and colours."""
