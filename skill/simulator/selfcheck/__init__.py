"""The self-check: walks all conversations there can be, and looks at every answer."""
