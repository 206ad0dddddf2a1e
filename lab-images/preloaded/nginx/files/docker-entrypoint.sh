#!/bin/sh
# Hooks first, then the command takes over this process: nginx is PID 1.
set -e
for hook in /docker-entrypoint.d/*.sh; do
  [ -x "$hook" ] && "$hook"
done
exec "$@"
