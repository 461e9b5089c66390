#!/usr/bin/env bash
# One expects: pybabel extract either finds the texts of a template or says that it could not read it. A template
# that uses {% break %} is valid where the application has switched on Jinja2's own extension for it.
# What happens: Babel's mapping does not know that extension unless it is told once more. Jinja2's extractor then
# gives back nothing at all for the file, also not the texts above the statement; pybabel names the file as read,
# ends with 0 and warns of nothing. On the next update every translation of that page is marked as no longer used.
# Only the little known option silent = false makes it an error.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv >&2
venv/bin/pip install --quiet jinja2==3.1.6 babel==2.18.0 >&2
venv/bin/pip freeze | grep -iE '^(jinja2|babel)=='
mkdir pages
cat > pages/list.html <<'PAGE'
<h1>{{ _("All of them") }}</h1>
{% for each in things %}{% if loop.index > 3 %}{% break %}{% endif %}{{ each }}{% endfor %}
PAGE
venv/bin/python - <<'PY'
from jinja2 import Environment, FileSystemLoader
made = Environment(loader=FileSystemLoader("pages"), extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"])
made.install_null_translations()
print("rendered:", made.get_template("list.html").render(things="abcdef").replace("\n", " "))
PY
printf '[jinja2: pages/*.html]\n' > quiet.cfg
printf '[jinja2: pages/*.html]\nsilent = false\n' > loud.cfg
code=0; venv/bin/pybabel extract -F quiet.cfg -o quiet.pot . 2> said || code=$?
echo "--- as usual: ended with $code, and said:"; cat said
texts=$(grep -c '^msgid "All of them"' quiet.pot || true)
echo "texts of the page in the catalogue: $texts"
loud=0; venv/bin/pybabel extract -F loud.cfg -o loud.pot . 2> error || loud=$?
echo "--- with silent = false: ended with $loud"; tail -n 1 error
[ "$code" = 0 ] && [ "$texts" = 0 ] && ! grep -qiE 'warn|error|skip' said && [ "$loud" != 0 ]
