"""History of who changed what, from what, to what, and when: the events that triggers keep, told in words.

`tracked` knows the tables of events, `topics` what they can be narrowed down to, `entries` reads a
page of them, and `words` turns what changed into sentences.
"""
