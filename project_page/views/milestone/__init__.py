"""The commands on milestones: a form in the row by htmx, or a page of its own without."""
