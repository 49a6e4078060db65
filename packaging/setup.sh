# Installs what the demo or the checks need on a machine with only its base system. Sourced by both.
# No questions; installs only what is missing. POSIX sh.

. packaging/lib/say.sh
. packaging/lib/system.sh
. packaging/lib/python.sh

# set_up demo|check|deb
set_up() {
    say "Cheval: installing what the $1 needs (some minutes the first time)"
    LC_ALL=C.UTF-8
    export LC_ALL
    know_system
    install_system_packages "$1"
    make_environment
    fill_environment "$1"
    if [ "$1" = check ]; then make_peers; fi
}
