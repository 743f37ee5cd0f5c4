"""Judgements: who took one back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = depends_on = None


def upgrade():
    with op.batch_alter_table("judgement") as judgement:
        judgement.add_column(sa.Column("undone_by", sa.Text()))
        rule = "undone_by IS NULL OR undone_at IS NOT NULL"
        judgement.create_check_constraint(op.f("ck_judgement_undone_by_somebody"), rule)


def downgrade():
    with op.batch_alter_table("judgement") as judgement:
        judgement.drop_constraint(op.f("ck_judgement_undone_by_somebody"), type_="check")
        judgement.drop_column("undone_by")
