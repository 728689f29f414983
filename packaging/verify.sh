#!/bin/bash
# Shows that both commands of the README work from nothing: a bare Debian 12, HEAD of this checkout,
# ./till test, then ./till demo --unattended. Needs root and the network of apt and pip.
#   packaging/verify.sh            both commands
#   packaging/verify.sh VERB...    one verb of ./till instead, such as "admin doctor"
#   KEEP=yes                       leave the folder behind; SUITE=trixie: another Debian
set -euo pipefail

checkout=$(cd "$(dirname "$0")/.." && pwd)
suite=${SUITE:-bookworm}
if [[ $(id -u) != 0 ]]; then echo "needs root: debootstrap makes device files" >&2 && exit 2; fi
bare=$(mktemp -d /var/tmp/guitai-verify.XXXXXX)
mounted=()
figures=()

put() { # put KIND SOURCE TARGET: mount into the bare system, remembering it
    mkdir -p "$bare$3"
    mount "${@:4}" ${1:+-t "$1"} "$2" "$bare$3"
    mounted=("$bare$3" "${mounted[@]}")
}

clean_up() {
    local place pid root
    printf '%s\n' "${figures[@]}"
    for root in /proc/[0-9]*/root; do # what was started in there, and nothing else
        if [[ $(readlink "$root" || true) == "$bare" ]]; then
            pid=${root#/proc/}
            kill -9 "${pid%/root}" || true
        fi
    done
    for place in "${mounted[@]}"; do umount "$place" || umount -l "$place"; done
    if [[ ${KEEP:-} == yes ]] || grep -qF " $bare/" /proc/self/mounts; then echo "left behind: $bare"; else rm -rf --one-file-system "$bare"; fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

seconds() { # seconds NAME COMMAND...: run it and keep how long it took
    local name=$1 began=$EPOCHREALTIME
    shift
    "$@"
    figures+=("$(awk -v a="$began" -v b="$EPOCHREALTIME" -v n="$name" 'BEGIN { printf "%-28s %6.1f s", n, b - a }')")
}
mirror() { # the first address in the machine's own apt sources
    # shellcheck disable=SC2016  # apt fills it in
    apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | awk 'NR == 1'
}

make_bare() {
    command -v debootstrap >/dev/null || apt-get install -y --no-install-recommends debootstrap
    debootstrap --variant=minbase "$suite" "$bare" "$(mirror)" >"$bare.log" 2>&1 || { tail "$bare.log" && exit 1; }
    rm "$bare.log"
    chmod 755 "$bare" # mktemp keeps it to root, but in there it is everybody's /
}

# The machine's way to its package servers: apt's and pip's settings, the names and the roots it trusts.
bring_the_way_out() {
    local place settings
    settings=$(grep -lE '^ *Acquire::(http|https|Check|Retries)' /etc/apt/apt.conf.d/* /etc/apt/apt.conf 2>/dev/null || true)
    for place in $settings /etc/apt/auth.conf.d /etc/pip.conf ~root/.config/pip /etc/resolv.conf /etc/hosts \
        /usr/local/share/ca-certificates /etc/ssl/certs; do
        [[ -e $place ]] || continue
        mkdir -p "$bare$(dirname "$place")"
        cp -aLT "$place" "$bare$place"
    done
    for place in $(pip config list 2>/dev/null | grep -oE '(file://)?/[A-Za-z0-9/._-]+' | sed 's,^file://,,' | sort -u); do
        [[ -d $place && $place == /*/* ]] || continue # wheels kept on this machine
        place=${place%/simple}                        # an index points beside itself
        put '' "$place" "$place" --bind -o ro
    done
}

# A server package must not start its server in there.
bring_the_rest() {
    printf '#!/bin/sh\nexit 101\n' >"$bare/usr/sbin/policy-rc.d"
    chmod +x "$bare/usr/sbin/policy-rc.d"
    put proc proc /proc
    put tmpfs tmpfs /dev/shm
    put devpts devpts /dev/pts -o newinstance,ptmxmode=0666
    mkdir -p "$bare/srv/guitai"
    git -C "$checkout" archive HEAD | tar -x -C "$bare/srv/guitai"
}

inside() { # inside COMMAND...: with nothing of this machine but where its packages come from
    local kept
    mapfile -t kept < <(env | grep -E '^(PIP_|SSL_CERT_|(https?|no|HTTPS?|NO)_(proxy|PROXY)=)' || true)
    if command -v npm >/dev/null; then kept+=("npm_config_registry=$(npm config get registry 2>/dev/null)"); fi
    chroot "$bare" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb "${kept[@]}" "$@"
}

seconds "a bare Debian ($suite)" make_bare
echo "bare: $(du -sm "$bare" | cut -f1) MB, python3: $(inside sh -c 'command -v python3 || echo none')"
bring_the_way_out
bring_the_rest
till=/srv/guitai/till
seconds "./till setup (first)" inside $till setup
seconds "./till setup (second)" inside $till setup
if [[ $# -gt 0 ]]; then
    seconds "./till $*" inside $till "$@"
else
    seconds "./till test" inside $till test
    seconds "./till demo --unattended" inside $till demo --unattended --out /tmp/out
    cat "$bare/tmp/out/summary.json"
fi
