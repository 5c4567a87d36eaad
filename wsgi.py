"""What the web server and the command line start: `gunicorn wsgi:app`, `flask --app wsgi`."""

import os
import sys

from app import create_app
from config import ConfigurationFault, from_environment

try:
    app = create_app(from_environment(os.environ))
except ConfigurationFault as fault:
    sys.exit(str(fault))
