#!/bin/sh
# Takes new words from ui/ into the English translation, and makes what the till loads of it.
set -eu
cd "$(dirname "$0")/.."
bin=${GUITAI_VENV:-.venv}/bin
# shellcheck disable=SC2046  # file names here have no spaces
"$bin/pyside6-lupdate" $(find ui -name '*.py' | sort) -ts assets/i18n/guitai_en.ts -no-obsolete -locations none
"$bin/pyside6-lrelease" -silent assets/i18n/guitai_en.ts -qm assets/i18n/guitai_en.qm
