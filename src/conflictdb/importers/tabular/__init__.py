"""Tables, as CSV or XLSX: opened by content, streamed row by row, read by the names of their columns."""
