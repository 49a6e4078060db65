# Brings a machine with nothing but its base system to where the demo, or the checks, can run. Sourced by both.
# Asks nothing, installs only what is missing, and has nothing to do the second time. POSIX sh.

. packaging/lib/say.sh
. packaging/lib/system.sh
. packaging/lib/python.sh

# set_up demo|check
set_up() {
    say "Cheval: what the $1 needs (some minutes the first time, nothing to do later)"
    LC_ALL=C.UTF-8
    export LC_ALL
    know_system
    install_system_packages "$1"
    make_environment
    fill_environment "$1"
    if [ "$1" = check ]; then make_peers; fi
}
