"""Export: the events of a query in the layouts of others, with a report of what each could not hold."""
