#!/usr/bin/env bash
# Formats, lints, types and tests our Python: python.sh [format | TEST…]
set -euo pipefail
cd "$(dirname "$0")/.."

# From PROMETHEUS on, those in the image of Synapse.
RUFF=0.17.6 MYPY=2.4.1 PROMETHEUS=0.26.0 TWISTED=26.10.0 CRYPTOGRAPHY=50.0.2
tools=build/python
if [[ ! -e $tools/ruff-$RUFF.dist-info || ! -e $tools/mypy-$MYPY.dist-info || ! -e $tools/prometheus_client-$PROMETHEUS.dist-info || ! -e $tools/twisted-$TWISTED.dist-info || ! -e $tools/cryptography-$CRYPTOGRAPHY.dist-info ]]; then
  rm -rf $tools
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target $tools \
    ruff==$RUFF mypy==$MYPY prometheus_client==$PROMETHEUS twisted==$TWISTED cryptography==$CRYPTOGRAPHY
fi
export PYTHONDONTWRITEBYTECODE=1
ours=(lib __tests__ tools)
# Folders whose modules import each other by their own names.
programs=(lib/python lib/secrets/program lib/accounts lib/synapse/keep lib/synapse/start lib/synapse/modules lib/synapse/media lib/synthetic-user/program lib/calls/token-service/program lib/upkeep)
if [[ ${1:-} == format ]]; then
  $tools/bin/ruff check --quiet --fix "${ours[@]}" || true
  exec $tools/bin/ruff format --quiet "${ours[@]}"
fi
if (($# == 0)); then
  $tools/bin/ruff check --quiet "${ours[@]}"
  $tools/bin/ruff format --check --quiet "${ours[@]}" || { echo 'run npm run format' >&2; exit 1; }
  # As a pod has it: all modules in one folder, which the type checker understands.
  rm -rf build/program && mkdir -p build/program/matrix_backups
  find lib/backups/program -name '*.py' -exec cp {} build/program/matrix_backups/ \;
  mkdir build/program/matrix_migration
  find lib/migration/program -name '*.py' -exec cp {} build/program/matrix_migration/ \;
  PYTHONPATH=$tools python3 -m mypy --no-error-summary build/program "${programs[@]}"
  mapfile -t tests < <(find __tests__ -name 'test_*.py' | sort)
  set -- "${tests[@]}"
fi
PYTHONPATH=$(IFS=: && echo "${programs[*]}"):lib/backups/program:lib/migration/program:__tests__/support/python:$tools
export PYTHONPATH
exec python3 -m unittest --quiet "$@"
