"""Sums of the estimates of many events."""
