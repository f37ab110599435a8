# Sourced by ./start and ./test: a virtual environment from the hashed lock, once.
say() { printf '\n\033[1m%s\033[0m\n' "$1"; }
set_up() { # set_up start|test
    local wanted; wanted="$1 $(sha256sum requirements.lock pyproject.toml | sha256sum | cut -c1-16)"
    if [ "$(cat .venv/.narvaro 2>/dev/null)" != "$wanted" ] && [ "$(cat .venv/.narvaro 2>/dev/null)" != "test ${wanted#* }" ]; then
        if [ -d .venv ] && [ ! -f .venv/.narvaro ]; then
            say "Setting up anew: the last time was interrupted"
            rm -rf .venv
        else
            say "Setting up (once)"
        fi
        rm -f .venv/.narvaro # whoever is interrupted now begins anew the next time
        local python; python="$(command -v python3.11 || command -v python3)"
        [ -x .venv/bin/python ] || "$python" -m venv .venv
        .venv/bin/python -m pip install -q --disable-pip-version-check uv
        local extras=web; [ "$1" = test ] && extras=test
        if [ "$extras" = test ]; then
            .venv/bin/uv pip install -q --require-hashes --python .venv/bin/python -r requirements.lock
        else
            .venv/bin/uv pip install -q --require-hashes --python .venv/bin/python -r requirements-start.lock
        fi
        .venv/bin/uv pip install -q --no-deps --python .venv/bin/python -e .
        printf '%s' "$wanted" >.venv/.narvaro
    fi
    [ "$1" = test ] || return 0
    local missing=()
    command -v chromium >/dev/null || missing+=(chromium)
    command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
    [ -n "$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null)" ] || missing+=(postgresql)
    command -v pdftoppm >/dev/null || missing+=(poppler-utils)
    if [ ${#missing[@]} -gt 0 ]; then
        say "Installing ${missing[*]}"
        local sudo=""; [ "$(id -u)" = 0 ] || sudo=sudo
        $sudo apt-get update -qq
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    fi
}
