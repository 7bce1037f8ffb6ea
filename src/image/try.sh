#!/usr/bin/env bash
# Runs what is in the archive as a container engine would: try.sh ARCHIVE. Its layers unpacked, by its user, as process 1, on a
# root that cannot be written but for /tmp and /data; asks for health and a decision, and ends it as engines do (SIGTERM).
set -euo pipefail
archive=$(realpath "$1")
if [ "$(id -u)" != 0 ] || ! unshare --mount --pid --fork true 2> /dev/null; then
    echo "THE IMAGE WAS NOT TRIED: to mount its root and to become its user takes root." >&2
    exit 0
fi
work=$(mktemp -d)
engine=
trap '[ -z "$engine" ] || kill -KILL "$engine" 2> /dev/null || true; rm -rf "$work"' EXIT
fail() { echo "The image does not work: $*" >&2; tail -30 "$work/log" >&2 || true; exit 1; }

mkdir "$work/image" "$work/root"
tar -xf "$archive" -C "$work/image"
for said in '"User":"10001:10001"' '"WorkingDir":"/data"' '"Entrypoint":\["/opt/liandong/liandong"\]' '"Cmd":\["serve"\]'; do
    grep -q "$said" "$work/image/config.json" || fail "its configuration does not say $said"
done
grep -o '[0-9a-f]*\.tar\.gz' "$work/image/manifest.json" | while read -r layer; do
    tar --warning=no-unknown-keyword -xf "$work/image/$layer" -C "$work/root"
done

port=$((20000 + RANDOM % 20000))
address=http://127.0.0.1:$port
ms() { date +%s%3N; }
begun=$(ms)
# Nothing in /tmp may be run: some engines mount it so.
# shellcheck disable=SC2016 # expanded inside
unshare --mount --pid --fork --kill-child sh -ec '
    root=$1; shift
    mount --bind "$root" "$root"
    mount -t tmpfs -o mode=1777,size=64m,noexec,nosuid,nodev tmpfs "$root/tmp"
    mount -t tmpfs -o mode=777,size=256m,noexec,nosuid,nodev tmpfs "$root/data"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -o remount,bind,ro "$root"
    ! touch "$root/opt/x" 2> /dev/null
    exec env -i PATH=/bin "$(command -v setpriv)" --no-new-privs \
        "$(command -v chroot)" --userspec=10001:10001 --groups= "$root" \
        /bin/sh -c "cd /data && exec /opt/liandong/liandong \"\$@\"" sh "$@"
' sh "$work/root" serve --port "$port" > "$work/log" 2>&1 &
engine=$!
until [ "$(curl -s -o /dev/null -w '%{http_code}' "$address/actuator/health/readiness")" = 200 ]; do
    kill -0 "$engine" 2> /dev/null || fail "it ended"
    [ $(($(ms) - begun)) -lt 120000 ] || fail "it was not ready within two minutes"
    sleep 0.1
done
ready=$(($(ms) - begun))
process=$(pgrep -P "$engine")
[ "$(awk '/^Uid:/ {print $2}' "/proc/$process/status")" = 10001 ] || fail "it runs as another user"
grep -q "liandong.jsa" "/proc/$process/maps" || fail "it does not use the prepared classes"
answer=$(curl -s "$address/v1/routing" -H 'Content-Type: application/json' \
    -d '{"incident":{"id":"image","reportedAt":"2026-11-20T16:00:00+08:00","source":"GRID","area":"330102","text":"供水管道破裂，路面下陷"}}')
grep -q '"outcome"' <<< "$answer" || fail "it decides nothing: $answer"
stopped=$(ms)
kill -TERM "$process"
wait "$engine" || [ $? = 143 ] || fail "it ended by $?"
engine=
echo "The image works: $(($(stat -c %s "$archive") / 1048576)) MiB, ready after $ready ms, ended $(($(ms) - stopped)) ms after it was told to."
