"""What is kept: tables, models, engines, schema, writing and reading. Knows SQLAlchemy and the domain, never files."""
