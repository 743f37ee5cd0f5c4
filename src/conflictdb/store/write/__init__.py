"""How records become rows: look-ups by name, then additions. Nothing that stands is ever overwritten."""
