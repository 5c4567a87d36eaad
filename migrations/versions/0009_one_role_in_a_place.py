"""one role in a place"""

import logging

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

REACH = ('member', 'deputy', 'lead', 'officer', 'sppc')
"""Each may do all that those before it may; the last two are for other places."""

log = logging.getLogger(__name__)


def upgrade() -> None:
    _keep_the_most_powerful()
    wales = sa.text('cluster_id IS NULL AND board_code IS NULL')
    op.create_index('ix_appointments_one_in_a_cluster', 'appointments', ['person_id', 'cluster_id'], unique=True)
    op.create_index('ix_appointments_one_of_a_board', 'appointments', ['person_id', 'board_code'], unique=True)
    op.create_index('ix_appointments_one_for_wales', 'appointments', ['person_id'], unique=True, sqlite_where=wales, postgresql_where=wales)


def downgrade() -> None:
    op.drop_index('ix_appointments_one_for_wales', table_name='appointments')
    op.drop_index('ix_appointments_one_of_a_board', table_name='appointments')
    op.drop_index('ix_appointments_one_in_a_cluster', table_name='appointments')


def _keep_the_most_powerful() -> None:
    names = ('id', 'person_id', 'role', 'cluster_id', 'board_code')
    appointments = sa.table('appointments', *(sa.column(name) for name in names))
    rows = op.get_bind().execute(sa.select(appointments)).all()
    kept = {}
    for row in sorted(rows, key=lambda row: (-REACH.index(row.role), row.id)):
        held = kept.setdefault((row.person_id, row.cluster_id, row.board_code), row)
        if held is not row:
            op.execute(appointments.delete().where(appointments.c.id == row.id))
            log.warning('Person %s was %s and %s in one place; is now only %s.', row.person_id, held.role, row.role, held.role)
