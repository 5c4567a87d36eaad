"""What may be typed: fields that render as NHS components, and the form of each kind of question."""
