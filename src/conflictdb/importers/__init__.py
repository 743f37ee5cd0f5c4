"""Importers: each knows one format of file and turns it into records. None touches a database or prints."""
