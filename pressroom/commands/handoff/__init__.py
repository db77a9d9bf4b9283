"""Hand-off: a locale goes out as one zip for a translator, and comes back message by message."""
