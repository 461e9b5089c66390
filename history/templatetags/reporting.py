"""The changes in words, for the templates that show them."""

from django import template

from history.between.words import delivery_in_words, sum_up, sum_up_moves

register = template.Library()

# {% sum_up changes %}
register.simple_tag(sum_up)
# {% sum_up_moves group %}
register.simple_tag(sum_up_moves)
# {% delivery milestone %}
register.simple_tag(delivery_in_words, name="delivery")
