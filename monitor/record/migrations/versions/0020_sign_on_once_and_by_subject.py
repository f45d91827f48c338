"""Ways back from the sign-on service that were used, and who of the service is who here."""

import sqlalchemy as sa
from alembic import op

from monitor.record.tables.base import Identity

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "sign_on_used",
        sa.Column("state_sha256", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("state_sha256", name=op.f("pk_sign_on_used")),
    )
    op.create_table(
        "sign_on_subject",
        sa.Column("id", Identity, nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_on_subject_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_on_subject")),
        sa.UniqueConstraint("issuer", "subject", name="uq_sign_on_subject"),
        sa.UniqueConstraint("issuer", "person_id", name="uq_sign_on_person"),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("sign_on_subject")
    op.drop_table("sign_on_used")
