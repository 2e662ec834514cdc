# Shared by ./cofferdam and ./check. Expects $root.

say() { printf '%s\n' "$*" >&2; }

# Sets and exports JAVA_HOME to a JDK 25 or newer: JAVA_HOME first, then the usual places, then java on the PATH.
find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME-}" /usr/lib/jvm/*25* /usr/lib/jvm/*2[6-9]* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/current \
    "$(java_on_path)"; do
    if is_jdk25 "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  say "cofferdam: no JDK 25 was found (looked at JAVA_HOME, /usr/lib/jvm, /opt, ~/.sdkman and the PATH)."
  say "Install one, for example Temurin 25 from https://adoptium.net, and set JAVA_HOME to it."
  exit 3
}

java_on_path() {
  local java
  java=$(command -v java) || return 0
  dirname "$(dirname "$(readlink -f "$java")")"
}

is_jdk25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

# Debian packages that only tests need: the servers and tools beside which the product is tried.
install_for_tests() {
  local package missing=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    say "check: not installed, so that their tests are skipped: ${missing[*]}"
    return 0
  fi
  mkdir -p "$root/target"
  say "check: installing for the tests: ${missing[*]}"
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } > "$root/target/packages.log" 2>&1 \
    || say "check: that failed, and their tests are skipped; see $root/target/packages.log"
}

# Builds what runs (without tests and linters) when a source is newer than the last build. COFFERDAM_NO_BUILD=1: take what is there
# (./check sets it, because its tests run while Maven builds).
ensure_built() {
  [ -z "${COFFERDAM_NO_BUILD-}" ] || return 0
  local stamp=$root/apps/cli/target/dist/built
  if [ -f "$stamp" ] && [ -z "$(newer_source "$stamp")" ]; then
    return
  fi
  mkdir -p "$root/target"
  exec 8> "$root/target/build.lock"
  flock 8
  if [ ! -f "$stamp" ] || [ -n "$(newer_source "$stamp")" ]; then
    build
  fi
  exec 8>&-
}

newer_source() {
  find "$root/pom.xml" "$root/apps" "$root/core" "$root/patterns" "$root/quality/foundry" "$root/services" "$root/workload" \
    -name target -prune -o -path '*/src/test' -prune -o -type f -newer "$1" -print -quit
}

build() {
  command -v mvn > /dev/null || {
    say "cofferdam: Maven is needed to build and is not installed. On Debian: apt-get install maven"
    exit 3
  }
  say "cofferdam: building (once, and again when sources change) ..."
  local log=$root/target/build.log begun=$SECONDS
  touch "$root/target/build.started"
  rm -rf "$root"/apps/{cli,server,agent}/target/dist/lib
  if ! (cd "$root" && mvn -B -q -T2 -Dfast -DskipTests package -pl apps/cli,apps/server,apps/agent -am) > "$log" 2>&1; then
    say "cofferdam: the build failed. The end of $log:"
    tail -n 30 "$log" >&2
    exit 4
  fi
  local app
  for app in cli server agent; do
    assemble "$app"
  done
  train_cli
  touch -r "$root/target/build.started" "$root/apps/cli/target/dist/built"
  say "cofferdam: built in $((SECONDS - begun)) s"
}

# One folder an application, with its class path written out: the AOT cache demands the very same one at every start.
assemble() {
  local dist=$root/apps/$1/target/dist
  rm -f "$dist/app.aot" "$dist/classpath"
  (cd "$dist/lib" && printf '%s:' "$dist"/lib/*.jar) | sed 's/:$//' > "$dist/classpath"
}

# The training run loads and links what every command needs; without the cache the command works, only slower.
train_cli() {
  local dist=$root/apps/cli/target/dist
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput="$dist/app.aot" \
    --enable-native-access=ALL-UNNAMED "-Dcofferdam.root=$root" -cp "$(cat "$dist/classpath")" \
    org.cofferdam.apps.cli.Main --help > "$root/target/train.log" 2>&1 || say "cofferdam: no AOT cache (see target/train.log)"
}
