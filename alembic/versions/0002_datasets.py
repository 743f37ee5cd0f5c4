"""Datasets: each row of a dataset as it stood in every release, when it was last seen, and when it was withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None

WITHDRAWAL = "(withdrawn_on IS NULL) = (withdrawn_by_id IS NULL)"
SELDOM = (
    ("external_id", "actor_id"),
    ("external_id", "conflict_id"),
    ("external_id", "person_id"),
    ("claim", "person_id"),
)
"""Columns that few rows have a value in: their indexes hold those rows only."""


def upgrade():
    op.create_table(
        "original",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("external_id_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_original"),
        sa.ForeignKeyConstraint(["external_id_id"], ["external_id.id"], name="fk_original_external_id_id_external_id"),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name="fk_original_import_run_id_import_run"),
    )
    op.create_index("ix_original_external_id_id", "original", ["external_id_id"])
    with op.batch_alter_table("external_id") as external_id:
        external_id.drop_column("kept")
        external_id.add_column(sa.Column("digest", sa.BigInteger()))
        external_id.add_column(sa.Column("revision", sa.String(), nullable=False, server_default=""))
        external_id.add_column(sa.Column("seen_run_id", sa.Integer()))
        external_id.add_column(sa.Column("withdrawn_on", sa.String(10)))
        external_id.add_column(sa.Column("withdrawn_by_id", sa.Integer()))
        external_id.create_check_constraint(op.f("ck_external_id_withdrawal"), WITHDRAWAL)
        for column in ("seen_run_id", "withdrawn_by_id"):
            external_id.create_foreign_key(f"fk_external_id_{column}_import_run", "import_run", [column], ["id"])
    op.create_table(
        "former_row",
        sa.Column("external_id_id", sa.Integer(), nullable=False),
        sa.Column("import_run_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.BigInteger()),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("seen_run_id", sa.Integer()),
        sa.Column("withdrawn_on", sa.String(10)),
        sa.Column("withdrawn_by_id", sa.Integer()),
        sa.PrimaryKeyConstraint("external_id_id", "import_run_id", name="pk_former_row"),
        sa.ForeignKeyConstraint(
            ["external_id_id"], ["external_id.id"], name="fk_former_row_external_id_id_external_id"
        ),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name="fk_former_row_import_run_id_import_run"),
        sa.ForeignKeyConstraint(["seen_run_id"], ["import_run.id"], name="fk_former_row_seen_run_id_import_run"),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["import_run.id"], name="fk_former_row_withdrawn_by_id_import_run"
        ),
    )
    for table, column in SELDOM:
        op.drop_index(f"ix_{table}_{column}", table)
        held = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=held, postgresql_where=held)
    for column in ("since", "until"):
        op.add_column("actor_alias", sa.Column(column, sa.String(), nullable=False, server_default=""))
    op.add_column("import_run", sa.Column("complete", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("import_run", sa.Column("read_as", sa.Text()))


def downgrade():
    op.drop_column("import_run", "read_as")
    op.drop_column("import_run", "complete")
    for column in ("until", "since"):
        op.drop_column("actor_alias", column)
    for table, column in SELDOM:
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.drop_table("former_row")
    with op.batch_alter_table("external_id") as external_id:
        for column in ("seen_run_id", "withdrawn_by_id"):
            external_id.drop_constraint(f"fk_external_id_{column}_import_run", type_="foreignkey")
        external_id.drop_constraint(op.f("ck_external_id_withdrawal"), type_="check")
        for column in ("withdrawn_by_id", "withdrawn_on", "seen_run_id", "revision", "digest"):
            external_id.drop_column(column)
        external_id.add_column(sa.Column("kept", sa.JSON()))
    op.drop_table("original")
