"""The pure heart: words, quantities, dates, records, stakes, policies and the query grammar."""
