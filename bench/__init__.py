"""What we measure, and against what; `.venv/bin/python -m bench` measures all of it."""
