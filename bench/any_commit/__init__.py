"""What runs with the code of any commit: it uses nothing of the project but what has long been there.

Each of these is started by its path, with the checkout as its working directory.
"""

#: The header that tells how many queries an answer took.
QUERIES = "X-Queries"
