#!/bin/sh
# `docker run registry` serves; `docker run registry garbage-collect …` and the like pass through.
set -e
case "$1" in
  *.yaml | *.yml) set -- registry serve "$@" ;;
  serve | garbage-collect | help | -*) set -- registry "$@" ;;
esac
exec "$@"
