# Sourced by run and by the parts of deep: steps with a name, a time and a verdict, all of them run before the run fails.

failed=()
started=$SECONDS

# step NAME COMMAND... - run a command, say how long it took, remember it if it failed.
step() {
    local name=$1 from=$SECONDS code=0
    shift
    printf '\n=== %s\n' "$name"
    "$@" </dev/null || code=$?
    if [ "$code" -eq 0 ]; then
        printf -- '--- %s: ok, %d s\n' "$name" $((SECONDS - from))
    else
        printf -- '--- %s: FAILED with %d, %d s\n' "$name" "$code" $((SECONDS - from))
        failed+=("$name")
    fi
}

# finish [LINE] - say what failed and, last of all, how the tests ended.
finish() {
    printf '\n=== %d s in all\n' $((SECONDS - started))
    local name
    for name in ${failed[@]+"${failed[@]}"}; do
        printf 'FAILED: %s\n' "$name"
    done
    if [ -n "${1:-}" ]; then
        printf '%s\n' "$1"
    fi
    [ ${#failed[@]} -eq 0 ]
}

# debian PACKAGE... - install packages of the system without asking, as root or through sudo; nothing when none is named.
debian() {
    [ $# -gt 0 ] || return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "these packages have to be installed by root: $*"; return 1; }
        as_root=(sudo --non-interactive)
    fi
    ${as_root[@]+"${as_root[@]}"} apt-get update -qq &&
        ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq --yes --no-install-recommends "$@" >/dev/null
}
