"""Runs the migrations: on the connection that is handed in, or on the URL of the configuration."""

from alembic import context
from sqlalchemy import create_engine


def run(connection):
    context.configure(connection=connection, render_as_batch=True, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    url = context.config.get_main_option("sqlalchemy.url")
    if not url:
        raise SystemExit("give the database: conflictdb db upgrade, or set sqlalchemy.url")
    with create_engine(url).begin() as connection:
        run(connection)
