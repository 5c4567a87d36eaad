"""Forms, and fields that render as components of the NHS design system."""
