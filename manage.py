"""Django's management commands; `python3 do.py manage …` calls this with its environment."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fkj_portfolio.settings")
    execute_from_command_line(sys.argv)
