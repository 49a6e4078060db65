# Qt's own linter over every page and part; it knows our view objects by their types, which are written down first.
# Sourced in the root of the tree, with the directory of what is made on the way in `out`; POSIX sh.

qml=kiosk/screen/qml

lint_qml() {
    PYTHONPATH=. .venv/bin/python packaging/lib/qml_types.py "$out/qml" || return 1
    # shellcheck disable=SC2046 # names of our own, without spaces
    .venv/bin/pyside6-qmllint --max-warnings 0 -I "$qml" -I "$out/qml" $(find "$qml" -name '*.qml' | sort)
}
