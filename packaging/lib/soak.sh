# Runs one proof command (tests/faults), or the simulated shop, for a long time. Sourced by check; POSIX sh.

soak_seed=1
soak_minutes=60

# soak_names: one line for each proof.
soak_names() {
    printf '%s\n' \
        'kills         stores are killed with SIGKILL while shoppers pay, cancel, return and exchange' \
        'powercuts     the power fails at any point of the writes of a checkout' \
        'system_calls  each write, sync, send and receive of a checkout is killed or fails, once' \
        'checkout      random programmes of the whole checkout with faulty terminals' \
        'strangers     hostile requests of strangers and of known callers' \
        'shop          20 rooms of shoppers at a real store, with faults of everything around it'
}

# soak_options NAME [--seed S] [--minutes M]: 1 for an unknown name or option.
soak_options() {
    soak_names | grep -q "^$1 " || return 1
    shift
    while [ $# -gt 0 ]; do
        case "$1=${2:-}" in
            --seed=*[!0-9]* | --minutes=*[!0-9]* | --seed= | --minutes=) return 1 ;;
            --seed=*) soak_seed=$2 ;;
            --minutes=*) soak_minutes=$2 ;;
            *) return 1 ;;
        esac
        shift 2
    done
}

# soak_run NAME: replaces the shell by the proof command.
soak_run() {
    mkdir -p var/soak
    if [ "$1" = shop ]; then
        # answer times are judged: at the priority of a store
        exec .venv/bin/python -m kiosk simulate shop --seed "$soak_seed" --minutes "$soak_minutes" --out var/soak/shop.json
    fi
    exec nice -n 10 .venv/bin/python -m "tests.faults.$1" \
        --seed "$soak_seed" --minutes "$soak_minutes" --counts "var/soak/$1.json"
}
