# Empty Debian roots for trials. Sourced after say.sh, as root; POSIX sh.
# Everything inside runs in mount and process namespaces of its own: when the command ends, its mounts and its processes
# are gone, also after a kill. Nothing of this machine is mounted for writing but the folder of fetched packages.

# Address of this machine's own Debian archive.
archive_of_machine() {
    apt-get indextargets --format '$(SITE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk '$2 ~ /\/debian\/?$/ { print $2; exit }'
}

# make_root SUITE ROOT ARCHIVES: the smallest system of a release, with this machine's settings of apt, pip and certificates.
# ARCHIVES keeps the packages that were fetched, so that each is fetched once for all roots of a release.
make_root() {
    rm -rf "$2" && mkdir -p "$2" "$3/partial" &&
        debootstrap --variant=minbase --cache-dir="$3" "$1" "$2" "$(archive_of_machine)" &&
        echo "$3" >"$2/var/tmp/archives" || return 1
    apt-config dump | grep '^Acquire::[A-Za-z:-]* "..*";$' >"$2/etc/apt/apt.conf.d/99machine" || :
    printf 'Acquire::Languages "none";\n' >>"$2/etc/apt/apt.conf.d/99machine"
    for file in /etc/resolv.conf /etc/pip.conf; do
        [ ! -f "$file" ] || install -D -m 0644 "$file" "$2$file" || return 1
    done
    [ ! -f "$HOME/.config/pip/pip.conf" ] || install -D -m 0644 "$HOME/.config/pip/pip.conf" "$2/etc/xdg/pip/pip.conf" || return 1
    install -D -m 0644 /etc/ssl/certs/ca-certificates.crt "$2/var/tmp/certificates.crt" &&
        inside "$2" "$2/var/tmp" apt-get update -q
}

# inside ROOT FOLDER COMMAND...: runs it in the root, with FOLDER at /src
inside() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare --mount --propagation private --pid --fork --kill-child sh -ec '
        root=$1 source=$2
        shift 2
        mkdir -p "$root/src"
        mount -t proc proc "$root/proc"
        mount -t sysfs -o ro sysfs "$root/sys"
        mount --rbind --make-rslave /dev "$root/dev"
        mount -t tmpfs tmpfs "$root/run"
        mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
        mount --bind "$source" "$root/src"
        archives=$(cat "$root/var/tmp/archives" 2>/dev/null || :)
        [ -z "$archives" ] || mount --bind "$archives" "$root/var/cache/apt/archives"
        exec chroot "$root" env -i HOME=/var/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            SSL_CERT_FILE=/var/tmp/certificates.crt PIP_CERT=/var/tmp/certificates.crt REQUESTS_CA_BUNDLE=/var/tmp/certificates.crt \
            PIP_DEFAULT_TIMEOUT=180 ${PIP_INDEX_URL:+PIP_INDEX_URL="$PIP_INDEX_URL"} \
            ${SOURCE_DATE_EPOCH:+SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH"} PYTHONDONTWRITEBYTECODE=1 "$@"
    ' inside "$@"
}

# copy_tree FOLDER [COMMIT]: the files of this tree, as they are now or in a commit; build results there stay
copy_tree() {
    mkdir -p "$1" && find "$1" -mindepth 1 -maxdepth 1 ! -name .venv ! -name var -exec rm -rf {} + || return 1
    if [ -n "${2:-}" ]; then
        git archive "$2" | tar -x -C "$1"
    else
        git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c \
            'for file; do [ ! -e "$file" ] || printf "%s\n" "$file"; done' list | tar -c -T - | tar -x -C "$1"
    fi
}
