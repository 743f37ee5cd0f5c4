"""Policies: pure, versioned rules that make an estimate of claims and say why."""
