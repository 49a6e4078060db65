# The operating system: detects it and installs missing packages.
# Sourced after say.sh; POSIX sh.

supported="Debian 12, Debian 13 and Ubuntu 24.04"
os_release=/etc/os-release

# Sets `system` to debian, debian13 or ubuntu.
know_system() {
    # os-release sets many variables; a subshell keeps them out of this one
    [ -r "$os_release" ] || fail "this system is not known; set-up supports $supported."
    found=$(. "$os_release" && printf '%s %s|%s' "${ID:-}" "${VERSION_ID:-}" "${PRETTY_NAME:-an unnamed system}")
    case ${found%%|*} in
        "debian 12") system=debian ;;
        "debian 13") system=debian13 ;;
        "ubuntu 24.04") system=ubuntu ;;
        *) fail "set-up supports $supported; this is ${found#*|}." ;;
    esac
}

# System packages; each line has its reason.
packages_for() {
    # Python, the certificates to fetch packages with, and time zones
    echo python3 python3-venv ca-certificates tzdata
    # to compile pyscard and LightFM
    echo gcc libc6-dev python3-dev libpcsclite-dev
    # a package is built without being run
    [ "$1" != deb ] || return 0
    # Qt Quick, on any platform
    echo libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libgssapi-krb5-2
    glib_package
    # order of right-to-left letters on printed receipts (Pillow loads it)
    echo libfribidi0
    # fonts for pages in a browser; the mirror ships its own
    echo fonts-ebgaramond fonts-inter
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        echo libwayland-cursor0 libwayland-egl1 libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 \
            libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
    fi
    [ "$1" = check ] || return 0
    # card daemon with a virtual reader; PostgreSQL; tshark decodes LLRP for comparison; an MQTT broker; strace causes
    # faults in system calls
    echo pcscd vsmartcard-vpcd postgresql tshark mosquitto strace
    # a browser for the page tests; Ubuntu has it only as a snap
    if [ "$system" != ubuntu ]; then echo chromium; fi
    # installs the shop's root in that browser
    echo libnss3-tools
}

# Fonts of whole scripts for names of a feed, and Thai's rules of breaking lines; without them the mirror shows boxes for
# letters of other languages than its own.
fonts_for() {
    [ "$1" = deb ] || echo fonts-noto-cjk fonts-noto-core fonts-noto-color-emoji libthai0
}

# The name of GLib's package: newer releases count time in 64 bits, and say so.
glib_package() { if [ "$system" = debian ]; then echo libglib2.0-0; else echo libglib2.0-0t64; fi; }

missing_of() {
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || :) in
            installed) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Package lists may be missing or outdated: then update them and try again.
apt_install_or_update() {
    apt_install "$@" && return 0
    as_root apt-get update -q && apt_install "$@"
}

install_system_packages() {
    install_needed_packages "$1"
    install_fonts "$1"
}

# Everything runs without them: if they cannot be installed, that is said, and set-up goes on.
install_fonts() {
    # shellcheck disable=SC2046 # one word a package
    missing=$(missing_of $(fonts_for "$1"))
    [ -n "$missing" ] || return 0
    log=$(mktemp)
    # shellcheck disable=SC2086
    if apt_install_or_update $missing >"$log" 2>&1 </dev/null; then
        say "  fonts of other scripts: installed"
    else
        say "  fonts of other scripts cannot be installed; names in them are shown as boxes: apt-get install $missing"
    fi
    rm -f "$log"
}

install_needed_packages() {
    # shellcheck disable=SC2046 # one word a package
    missing=$(missing_of $(packages_for "$1"))
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
        fail "packages are missing and there is no sudo; run as root: apt-get install $missing"
    fi
    say "  missing: $missing"
    # shellcheck disable=SC2086
    quietly "system packages" apt_install_or_update $missing
}
