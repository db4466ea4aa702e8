# shellcheck shell=sh
# What the scripts share: sourced as `. "$(dirname "$0")/lib.sh"`, it enters the checkout.

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 1
local=$root/.local
PATH=$local/tools/bin:$PATH
# Homebrew keeps libpq out of the way of the system.
if [ -d /opt/homebrew/opt/libpq/bin ]; then PATH=$PATH:/opt/homebrew/opt/libpq/bin; fi
export PATH

# CARGO_TARGET_DIR may be elsewhere; everything built is found through this.
target=${CARGO_TARGET_DIR:-$root/target}
case $target in /*) ;; *) target=$root/$target ;; esac

say() { echo "$*" >&2; }

# A long step says what it is before it starts.
step() { say "==> $*"; }

fail() {
    say "error: $*"
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# The server and the builder of the interface, in the dev profile: optimised where it hurts
# (see Cargo.toml), and built in half the time of release. Always the same selection of
# crates, so that features never change and nothing is compiled twice.
build_server() { cargo build; }

# A package from PyPI in a folder of its own: python_package <name> <version>. Says where.
python_package() {
    venv=$local/$1
    if [ "$(cat "$venv/version" 2>/dev/null)" != "$2" ]; then
        step "installing $1 into .local"
        python3 -m venv "$venv"
        "$venv/bin/pip" install -q "$1==$2" >&2
        echo "$2" >"$venv/version"
    fi
    echo "$venv"
}

gestfg() { "$target/debug/gestfg" "$@"; }

# A secret of this checkout, made once.
secret() {
    if [ ! -s "$local/$1" ]; then
        mkdir -p "$local"
        (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$local/$1")
    fi
    cat "$local/$1"
}
