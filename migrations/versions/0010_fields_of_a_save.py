"""the fields of a save by the words of the code: client_id and sequence_no, small_group_announced_at, stashed_at"""

from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

RENAMED = (
    *((table, old, new) for table in ('answers', 'findings', 'private_views') for old, new in (('window', 'client_id'), ('step', 'sequence_no'))),
    ('reflections', 'told_at', 'small_group_announced_at'),
    ('kept_forms', 'kept_at', 'stashed_at'),
)
"""Table, old column, new column."""


def upgrade() -> None:
    for table, old, new in RENAMED:
        op.execute(f'ALTER TABLE {table} RENAME COLUMN "{old}" TO {new}')


def downgrade() -> None:
    for table, old, new in RENAMED:
        op.execute(f'ALTER TABLE {table} RENAME COLUMN {new} TO "{old}"')
