"""reflecting together: private views, workshops, rounds, votes"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('reflections', sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('private_views',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reflection_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('window', sa.String(length=40), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_private_views_person_id_people')),
    sa.ForeignKeyConstraint(['reflection_id'], ['reflections.id'], name=op.f('fk_private_views_reflection_id_reflections')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_private_views')),
    sa.UniqueConstraint('reflection_id', 'item', 'person_id', name=op.f('uq_private_views_reflection_id_item_person_id'))
    )
    op.create_index(op.f('ix_private_views_person_id'), 'private_views', ['person_id'])
    op.create_table('workshops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reflection_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('agenda', sa.JSON(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('agreed', sa.JSON(), nullable=False),
    sa.CheckConstraint('present > 0', name=op.f('ck_workshops_somebody_present')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_workshops_opened_by_id_people')),
    sa.ForeignKeyConstraint(['reflection_id'], ['reflections.id'], name=op.f('fk_workshops_reflection_id_reflections')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshops')),
    sa.UniqueConstraint('code', name=op.f('uq_workshops_code'))
    )
    op.create_index('uq_workshops_open', 'workshops', ['reflection_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('rounds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reflection_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=20), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('spread', sa.JSON(), nullable=True),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.CheckConstraint('(revealed_at IS NULL) = (spread IS NULL)', name=op.f('ck_rounds_revealed_with_spread')),
    sa.ForeignKeyConstraint(['reflection_id'], ['reflections.id'], name=op.f('fk_rounds_reflection_id_reflections')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rounds')),
    sa.UniqueConstraint('reflection_id', 'item', 'number', name=op.f('uq_rounds_reflection_id_item_number')),
    sqlite_autoincrement=True
    )
    op.create_table('votes',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_votes_person_id_people')),
    sa.ForeignKeyConstraint(['round_id'], ['rounds.id'], name=op.f('fk_votes_round_id_rounds')),
    sa.PrimaryKeyConstraint('round_id', 'person_id', name=op.f('pk_votes'))
    )


def downgrade() -> None:
    op.drop_table('votes')
    op.drop_table('rounds')
    op.drop_index('uq_workshops_open', 'workshops', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.drop_table('workshops')
    op.drop_index(op.f('ix_private_views_person_id'), 'private_views')
    op.drop_table('private_views')
    op.drop_column('reflections', 'told_at')
