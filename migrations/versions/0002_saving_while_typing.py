"""saving while typing"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('answers', sa.Column('window', sa.String(length=40), server_default='', nullable=False))
    op.add_column('answers', sa.Column('step', sa.Integer(), server_default='0', nullable=False))
    op.create_table('kept_forms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.String(length=300), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_kept_forms_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_forms'))
    )
    op.create_index(op.f('ix_kept_forms_person_id'), 'kept_forms', ['person_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_kept_forms_person_id'), 'kept_forms')
    op.drop_table('kept_forms')
    op.drop_column('answers', 'step')
    op.drop_column('answers', 'window')
