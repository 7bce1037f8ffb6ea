#!/usr/bin/env bash
# Makes the root of the image in a folder: root.sh JAR FOLDER TIME. Called by mvn -Pimage; needs neither a container
# engine nor a registry, but a Debian or Ubuntu of the image's architecture, and user namespaces for who is not root.
set -euo pipefail
jar=$(realpath "$1") time=$3
mkdir -p "$2"
root=$(cd "$2" && pwd -P)
java=${JAVA_HOME:?JAVA_HOME names the JDK that the runtime is made of}

# What the runtime is linked with, and a shell for the launcher: files of this machine's own packages, unchanged as they were
# installed. They are written down where scanners of images look for packages (var/lib/dpkg/status.d).
packages=(libc6 zlib1g libgcc-s1 libstdc++6 dash)
command -v dpkg-query > /dev/null || { echo "The image takes its libc from Debian packages, and there is no dpkg here: use docs/deploy/Dockerfile." >&2; exit 2; }
changed=$(dpkg --verify "${packages[@]}" | grep -v ' /usr/share/' || true)
[ -z "$changed" ] || { printf 'Not as the package has it; install it again (apt-get install --reinstall):\n%s\n' "$changed" >&2; exit 2; }

rm -rf "$root"
mkdir -p "$root"/{bin,etc,proc,dev,sys,tmp,data,opt,var/lib/dpkg/status.d,usr/share/doc}
for package in "${packages[@]}"; do
    { dpkg-query -L "$package" | grep -E '\.so(\.[0-9]+)*$' || true; } | while read -r file; do
        # Distributions with one /usr for all know a file by both names.
        [ ! -f "$file" ] || install -D -m 755 "$(realpath "$file")" "$root$file"
    done
    dpkg-query -s "$package" > "$root/var/lib/dpkg/status.d/$package"
    doc=/usr/share/doc/$package/copyright
    [ ! -f "$doc" ] || install -D -m 644 "$(realpath "$doc")" "$root$doc"
done
install -m 755 "$(realpath "$(command -v dash)")" "$root/bin/sh"
cp /etc/os-release "$root/etc/os-release" # whose packages they are
echo 'liandong:x:10001:10001::/data:/bin/sh' > "$root/etc/passwd"
echo 'liandong:x:10001:' > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
chmod 777 "$root/tmp" "$root/data"

# java.se is more than jdeps finds (java.desktop is among what it does), by few MB; so no later release of a library
# lacks a part. Beside it, what is asked for by name: encodings, curves of TLS, words of zh, metrics, ZIP as a file system.
"$java/bin/jlink" --output "$root/opt/java" --no-header-files --no-man-pages --include-locales=en,zh --add-modules \
    java.se,jdk.charsets,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

case $(uname -m) in
    x86_64) own='(^|/)(Linux/x86_64|linux/amd64)/' ;;
    aarch64) own='(^|/)(Linux|linux)/aarch64/' ;;
    *) echo "Nobody has said which libraries are those of $(uname -m); say it here." >&2; exit 2 ;;
esac
"$java/bin/java" "$(dirname "$0")/ImageJar.java" "$jar" "$root/tmp/liandong.jar" "$own" "$root/usr/lib"
touch --date="$time" "$root/tmp/liandong.jar"

# The program itself, prepared by the very Java that will run it and where it will be, so that the prepared classes fit.
new=(unshare --mount)
[ "$(id -u)" = 0 ] || new+=(--map-root-user)
# shellcheck disable=SC2016 # expanded inside
"${new[@]}" sh -ec '
    mount --bind "$1" "$1" # Java asks what is mounted at /
    mount --rbind /dev "$1/dev"
    mount --rbind /proc "$1/proc"
    exec env -i TZ=UTC LANG=C.UTF-8 PATH=/bin "$(command -v chroot)" "$1" /opt/java/bin/java -jar /tmp/liandong.jar install /opt/liandong --lang en
' sh "$root"
rm -rf "$root"/tmp/* "$root"/tmp/.[!.]*
# The prepared classes know the time of the jars that they are of, and every file of the image gets this one.
other=$(find "$root/opt/liandong" -name '*.jar' -newermt "$time + 1 second" -o -name '*.jar' ! -newermt "$time - 1 second")
[ -z "$other" ] || { printf 'Of another time than the image gives them, so that prepared classes would not fit:\n%s\n' "$other" >&2; exit 1; }
du -sh "$root"/opt/* | sed "s|$root||"
