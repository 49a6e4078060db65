# Qt's own linter over every page and part; it knows our view objects by the types their Python classes declare.
# Sourced in the root of the tree; POSIX sh.

qml=kiosk/screen/qml

lint_qml() {
    # shellcheck disable=SC2046 # names of our own, without spaces
    .venv/bin/pyside6-qmllint --max-warnings 0 -I "$qml" $(find "$qml" -name '*.qml' | sort)
}
