"""The one read layer: queries in, typed frozen rows out, in a total order."""
