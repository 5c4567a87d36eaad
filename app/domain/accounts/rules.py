"""The limits of signing in: how long a link is valid, how many may be requested, how long records are kept."""

from datetime import timedelta

SIGN_IN_LINK_VALID_FOR = timedelta(minutes=20)

SIGN_IN_REQUEST_KEPT_FOR = timedelta(days=1)

LINKS_AN_HOUR_FOR_AN_ADDRESS = 5

LINKS_AN_HOUR_FOR_A_CLIENT = 60
"""Per network address; high, because a whole cluster may share the network of one office."""
