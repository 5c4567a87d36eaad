"""What the web server and the command line start: `gunicorn wsgi:app`, `flask --app wsgi`."""

import os
import sys

from app import create_app
from config import ConfigurationFault, from_environment

os.umask(0o077)  # whatever is written from here on, and by what is started from here, is for its owner only
try:
    app = create_app(from_environment(os.environ))
except ConfigurationFault as fault:
    sys.exit(str(fault))
