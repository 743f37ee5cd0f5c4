"""The Uppsala Conflict Data Program: its events (`ged`) and its list of actors (`actors`)."""
