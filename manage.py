"""Django's management commands; `python3 do.py manage …` calls this with its environment."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")
    try:
        # Reads them all.
        _ = settings.DEBUG
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)
