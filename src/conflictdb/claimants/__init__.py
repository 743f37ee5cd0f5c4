"""What the claims say about those who make them."""
