"""Which events the claims disagree about, how much, and why."""
