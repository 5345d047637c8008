#!/bin/sh
# Double click: makes its own environment the first time, then opens Staffroom in the browser.
cd "$(dirname "$0")" || exit 1

pause() {
    printf '%s\n' "$1"
    [ -t 0 ] && { printf 'Press Enter to close this window. '; read -r _; }
    exit 1
}

PYTHON=
for name in python3.13 python3.12 python3.11 python3 python; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        PYTHON=$name
        break
    fi
done
[ -n "$PYTHON" ] || pause 'Staffroom needs Python 3.11 or newer: https://www.python.org/downloads/'

if [ ! -x .venv/bin/python ]; then
    echo 'Setting up Staffroom. This takes a few minutes, once.'
    "$PYTHON" -m venv .venv || pause 'Setting up did not work. Is there room on the disk?'
fi
if ! cmp -s requirements.txt .venv/installed.txt; then
    from=
    [ -d wheels ] && from='--no-index --find-links wheels'
    # shellcheck disable=SC2086
    .venv/bin/python -m pip install --quiet $from -r requirements.txt ||
        pause 'Setting up did not work. Is there a connection to the internet?'
    cp requirements.txt .venv/installed.txt
fi
echo 'Staffroom opens in your browser. Leave this window open; close it to stop.'
exec .venv/bin/python -m streamlit run app.py
