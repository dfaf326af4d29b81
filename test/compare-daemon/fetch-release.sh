#!/bin/sh
# Unpacks the keepalived of another release of Debian or Ubuntu into a folder, for npm run compare:daemon -- --root DIR.
# Nothing of it is installed or runs outside the comparison's namespaces. Needs root, mmdebstrap, and the keyring of the
# distribution.
#   fetch-release.sh SUITE DIR [MIRROR [KEYRING]]
#   bullseye 2.1.5, trixie 2.3.3; of Ubuntu xenial 1.2.19, bionic 1.3.9, focal 2.0.19, jammy 2.2.4, noble 2.2.8
set -eu
suite=${1:?SUITE} folder=${2:?DIR}
mirror=${3:-http://deb.debian.org/debian}
keyring=${4:-/usr/share/keyrings/debian-archive-keyring.gpg}
components=main
case $mirror in */ubuntu) components=main,universe ;; esac
set -- --variant=extract --include=keepalived --components="$components" --keyring="$keyring"
case $suite in
xenial | bionic) ;;
*) set -- "$@" --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr ;;
esac
mmdebstrap "$@" "$suite" "$folder" "$mirror"
