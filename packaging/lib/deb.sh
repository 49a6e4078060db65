# Steps of packaging/deb/build. Sourced after setup.sh, in the root of the tree; POSIX sh.
# Each step runs as a condition, where `set -e` has no effect: hence the && chains.
# Variables of the caller: interpreter, out, wheels, version, arch; for a package: part (store or mirror), stage (the
# folder that becomes the package's root) and home (the environment's path on the installed machine).

# Short name of the Debian release, so that a file for another release is told apart: deb12, deb13.
revision_of_system() { (. "$os_release" && printf '%s%s' "$(printf '%s' "${ID:-system}" | cut -c 1-3)" "${VERSION_ID:-0}"); }

# deb_pip PYTHON COMMAND...: runs the tree's pip for that interpreter. What is compiled here (pyscard and LightFM have no wheels
# for Linux) has no debug sections and no build id, which would contain the builder's temporary folders.
deb_pip() {
    target=$1
    command=$2
    shift 2
    env PATH="$PWD/.venv/bin:$PATH" PIP_USER=0 LIGHTFM_NO_CFLAGS=1 CFLAGS=-g0 LDFLAGS=-Wl,--build-id=none \
        .venv/bin/python -m pip --python "$target" "$command" --no-input -q -q --progress-bar off "$@"
}

# Wheels of both packages' libraries, kept while the lock files stay, and of this tree. `downloads` has what the package index
# delivered; its files are checked by the sums of the lock files each time.
make_wheels() {
    rm -rf "$wheels/tree" && mkdir -p "$out/downloads" &&
        for name in store mirror; do
            stamp=$(stamp_of packaging/lib/deb.sh $lock/build.txt "$lock/$name.txt")
            [ "$(cat "$wheels/$name/stamp" 2>/dev/null || :)" != "$stamp" ] || continue
            rm -rf "${wheels:?}/$name" &&
                deb_pip .venv/bin/python download --no-deps --no-build-isolation --require-hashes \
                    -f "$out/downloads" -d "$out/downloads" -r "$lock/$name.txt" &&
                deb_pip .venv/bin/python wheel --no-cache-dir --no-index -f "$out/downloads" --no-deps \
                    --no-build-isolation --require-hashes -w "$wheels/$name" -r "$lock/$name.txt" &&
                echo "$stamp" >"$wheels/$name/stamp" || return 1
        done &&
        deb_pip .venv/bin/python wheel --no-deps --no-build-isolation -w "$wheels/tree" .
}

fill() {
    rm -rf "$stage" && mkdir -p "$stage" &&
        "$interpreter" -m venv --without-pip "$stage$home" &&
        deb_pip "$stage$home/bin/python" install --no-deps --no-index --no-compile "$wheels/$part"/*.whl "$wheels"/tree/*.whl &&
        thin_out "$stage$home"
}

# thin_out ENVIRONMENT: removes libraries' tests, Qt's development tools, and the parts of Qt that the mirror does not load.
thin_out() {
    rm -rf "$1"/bin/activate* "$1"/bin/Activate.ps1 "$1"/bin/pyside6-* "$1"/include "$1"/share &&
        find "$1" -depth -type d \( -name __pycache__ -o -path '*/site-packages/*/tests' \) -exec rm -rf {} + || return 1
    qt=$(echo "$1"/lib/python3*/site-packages/PySide6)
    [ -d "$qt" ] || return 0
    for tool in assistant designer linguist lupdate lrelease qmlformat qmllint qmlls svgtoqml balsam balsamui; do
        rm -f "$qt/$tool" || return 1
    done
    for folder in Qt/libexec Qt/metatypes Qt/translations doc glue include scripts support/deploy typesystems; do
        rm -rf "${qt:?}/$folder" || return 1
    done
    for plugins in designer printsupport qmllint qmltooling sqldrivers wayland-graphics-integration-server; do
        rm -rf "${qt:?}/Qt/plugins/$plugins" || return 1
    done
    for library in Designer DesignerComponents Help PrintSupport QmlCompiler Sql Test UiTools WaylandCompositor \
        QuickControls2Imagine QuickControls2Material QuickControls2Universal QuickControls2Fusion LabsStyleKit; do
        rm -f "$qt/Qt/lib/libQt6$library.so.6" "$qt/Qt$library.abi3.so" || return 1
    done
    find "$qt" -name '*.pyi' -delete
}

# Replaces the staging path, removes what differs between builds, and compiles.
settle() {
    grep -rlIF "$stage" "$stage$home/bin" "$stage$home/pyvenv.cfg" | xargs -r sed -i "s#$stage##g" &&
        find "$stage$home" -name 'direct_url.json' -delete &&
        find "$stage$home" -name RECORD -path '*.dist-info/*' -exec sed -i '/direct_url.json/d' {} + &&
        # one process: what it writes depends on the order of the files
        "$interpreter" -m compileall -q -j 1 -s "$stage" --invalidation-mode unchecked-hash "$stage$home/lib"
}

# The bill of materials (CycloneDX) and the licences of all libraries.
bill() {
    doc=$stage/usr/share/doc/cheval-$part
    mkdir -p "$doc" &&
        .venv/bin/python packaging/deb/bill_of_materials.py --site "$(echo "$stage$home"/lib/python3*/site-packages)" \
            --lock "$lock/$part.txt" --name "cheval-$part" --version "$version" --out "$doc"
}

place() {
    doc=$stage/usr/share/doc/cheval-$part
    install -D -m 0755 packaging/deb/cheval "$stage/usr/lib/cheval-$part/cheval" &&
        for unit in packaging/systemd/*; do
            case $unit in
                *cheval-train.* | *cheval-backup* | *cheval-store*) of=store ;;
                *) of=mirror ;;
            esac
            [ $of != "$part" ] || install -D -m 0644 -t "$stage/usr/lib/systemd/system" "$unit" || return 1
        done &&
        # both packages may be installed on one computer, so each has its own copy of the rules for card readers
        install -D -m 0644 packaging/udev/70-cheval.rules "$stage/usr/lib/udev/rules.d/70-cheval-$part.rules" &&
        install -D -m 0644 packaging/polkit/60-cheval.rules "$stage/usr/share/polkit-1/rules.d/60-cheval-$part.rules" &&
        install -D -m 0644 packaging/modprobe/cheval-cards.conf "$stage/usr/lib/modprobe.d/cheval-cards-$part.conf" &&
        install -D -m 0644 "packaging/deb/etc/$part.yaml" "$stage/etc/cheval/$part.yaml" &&
        install -D -m 0644 LICENSE "$doc/copyright" &&
        install -m 0644 -t "$doc" README.md CHANGELOG.md &&
        install -D -m 0644 -t "$doc/examples" "$(example)" &&
        install -D -m 0644 -t "$doc/packaging/guides" packaging/guides/*.md &&
        mkdir -p "$stage/DEBIAN" &&
        install -m 0755 -t "$stage/DEBIAN" "packaging/deb/$part/postinst" "packaging/deb/$part/prerm" "packaging/deb/$part/postrm" &&
        (cd "$stage" && find etc -type f | sed 's#^#/#' | sort) >"$stage/DEBIAN/conffiles" &&
        control "packaging/deb/$part/control" >"$stage/DEBIAN/control"
}

# The file for what only some computers with a package have: a serial scanner at the store, the reader of a stand.
example() { case $part in store) echo packaging/deb/store/scanner.conf ;; *) echo packaging/deb/etc/stand.yaml ;; esac; }

# control FILE: its fields, filled in
control() {
    mine=$(version_of "$interpreter")
    sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@PYTHON@/$mine/" \
        -e "s/@NEXT@/3.$((${mine#3.} + 1))/" -e "s/@GLIB@/$(glib_package)/" \
        -e "s/@SIZE@/$(du -sk --apparent-size --exclude=DEBIAN "$stage" | cut -f 1)/" "$1"
}

# pack: a package of the folder `stage`. dpkg-deb sorts its files and limits their times to SOURCE_DATE_EPOCH.
pack() {
    find "$stage" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + &&
        dpkg-deb --root-owner-group -Zzstd -z9 --threads-max=1 --build "$stage" "$out"
}

pack_transition() {
    stage=$out/root-transition
    rm -rf "$stage" && install -D -m 0644 LICENSE "$stage/usr/share/doc/cheval/copyright" &&
        mkdir -p "$stage/DEBIAN" && control packaging/deb/transition/control >"$stage/DEBIAN/control" && pack
}
