#!/bin/sh
# Puts the commit that is checked out on Heroku: app, database, secrets, push, one dyno. What
# is there already is left as it is, so after a failure, or for the next release, run it again.
#
# usage: scripts/deploy_to_heroku.sh [options] APP
#   --region eu|us     where a new app runs                    (eu)
#   --team TEAM        who owns a new app                      (the account itself)
#   --plan PLAN        of a new database                       (essential-0)
#   --admin EMAIL      make this address an admin; the link that sets the password is printed
#   --demo             fill a new database with invented people whose password is public
#   --no-open          do not open the browser at the end
#   --dry-run          say what would be changed, and change nothing
#
# Needs git and the Heroku CLI (https://devcenter.heroku.com/articles/heroku-cli), logged in.
set -eu
. "$(dirname "$0")/lib.sh"

region=eu
team=
plan=essential-0
admin=
demo=false
open=true
dry_run=false
app=

usage() {
    sed -n '/^# usage/,/^#   --dry-run/s/^# \{0,1\}//p' "$root/scripts/deploy_to_heroku.sh" >&2
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
        --region | --team | --plan | --admin)
            [ $# -ge 2 ] || usage
            case $1 in
                --region) region=$2 ;;
                --team) team=$2 ;;
                --plan) plan=$2 ;;
                --admin) admin=$2 ;;
            esac
            shift
            ;;
        --demo) demo=true ;;
        --no-open) open=false ;;
        --dry-run) dry_run=true ;;
        -*) usage ;;
        *)
            [ -z "$app" ] || usage
            app=$1
            ;;
    esac
    shift
done
[ -n "$app" ] || usage
printf %s "$app" | grep -Eqx '[a-z][a-z0-9-]{1,28}[a-z0-9]' ||
    fail "an app of Heroku is named by 3 to 30 small letters, digits and hyphens, beginning with a letter: $app"

# change <command…>: whatever makes a difference goes through here.
change() {
    if $dry_run; then
        say "would run: $*"
    else
        "$@"
    fi
}

# --- what has to be there -------------------------------------------------------

has git || fail "git is missing"
has heroku || fail "the Heroku CLI is missing: see https://devcenter.heroku.com/articles/heroku-cli"
account=$(heroku auth:whoami 2>/dev/null) || fail "not logged in to Heroku: run heroku login"
git rev-parse -q --verify HEAD >/dev/null || fail "there is no commit to deploy"
if [ -n "$(git status --porcelain)" ]; then
    say "note: what is not committed is not deployed"
fi
say "deploying $(git rev-parse --short HEAD) as $account to $app"

# --- the app ----------------------------------------------------------------------

is_new=false
if ! heroku apps:info --app "$app" >/dev/null 2>&1; then
    is_new=true
    step "creating the app"
    if [ -n "$team" ]; then
        change heroku apps:create "$app" --region "$region" --stack heroku-24 --no-remote --team "$team"
    else
        change heroku apps:create "$app" --region "$region" --stack heroku-24 --no-remote
    fi
fi

# ask <command…>: what Heroku says of the app; nothing as long as there is none.
ask() {
    if $is_new && $dry_run; then return 0; fi
    "$@"
}

# The same two as in app.json, in the same order: the second calls the cargo of the first.
rust=https://github.com/emk/heroku-buildpack-rust
buildpacks=$(ask heroku buildpacks --app "$app")
case $buildpacks in
    *heroku-buildpack-rust*nodejs*) ;;
    *)
        step "setting the buildpacks"
        change heroku buildpacks:clear --app "$app"
        change heroku buildpacks:add --app "$app" "$rust"
        change heroku buildpacks:add --app "$app" heroku/nodejs
        ;;
esac

# --- the database -----------------------------------------------------------------

if ! ask heroku addons --app "$app" | grep -q heroku-postgresql; then
    step "creating the database"
    change heroku addons:create "heroku-postgresql:$plan" --app "$app"
fi
step "waiting for the database"
change heroku pg:wait --app "$app"

# --- configuration -------------------------------------------------------------------

# The CLI prints what it sets; secrets are not for the terminal's memory.
set_config() {
    if $dry_run; then
        say "would set: ${1%%=*}"
    else
        heroku config:set --app "$app" "$1" >/dev/null
    fi
}

# set_if_missing <name> <value>: what somebody set stays.
set_if_missing() {
    if [ -z "$(ask heroku config:get "$1" --app "$app")" ]; then set_config "$1=$2"; fi
}

step "setting what is not set yet"
set_if_missing JWT_SECRET "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
set_if_missing DATABASE_POOL_SIZE 6
set_if_missing TRUST_PROXY true
address=$(ask heroku apps:info --app "$app" --shell | sed -n 's/^web_url=//p' | tr -d "'\"")
if [ -n "$address" ]; then
    set_if_missing PUBLIC_URL "${address%/}"
elif $dry_run; then
    say "would set: PUBLIC_URL"
fi
if $demo; then set_if_missing DEMO true; fi

# --- the release ----------------------------------------------------------------------

step "pushing; Heroku builds server and interface, then migrates"
change git push "https://git.heroku.com/$app.git" "HEAD:refs/heads/main"
step "one web dyno"
change heroku ps:scale web=1 --app "$app"

if $demo; then
    step "inventing a faculty, unless there is one"
    change heroku run --exit-code --no-tty --app "$app" -- ./target/release/gestfg seed --demo
fi
if [ -n "$admin" ]; then
    step "making $admin an admin"
    change heroku run --exit-code --no-tty --app "$app" -- \
        ./target/release/gestfg create-admin --email "$admin" --first-name "${admin%%@*}" --last-name GesTFG
fi

if $open; then change heroku open --app "$app"; fi
say "done${address:+: ${address%/}}"
