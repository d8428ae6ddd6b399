# To source. The Debian packages of the browsers for the specs, and whether this user may install
# any.

# Firefox and WebKit have WebGL only where there is a display; a virtual one is enough.
has_display() { [ -n "${DISPLAY:-}" ] || [ "$(uname)" = Darwin ] || command -v xvfb-run >/dev/null; }

# Prints the packages that are not here, in one line.
missing_packages() {
  local packages=()
  [ -n "$(bash scripts/find_browser.sh chromium)" ] || packages+=(chromium)
  [ -n "$(bash scripts/find_browser.sh firefox)" ] || packages+=(firefox-esr)
  [ -n "$(bash scripts/find_browser.sh webkit)" ] || packages+=(webkit2gtk-driver)
  has_display || packages+=(xvfb)
  echo "${packages[*]}"
}

# Prints how this user runs apt-get without a password. Fails where that is not possible.
apt_get() {
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" = 0 ]; then
    echo 'env DEBIAN_FRONTEND=noninteractive apt-get'
  else
    sudo --non-interactive true 2>/dev/null || return 1
    echo 'sudo --non-interactive env DEBIAN_FRONTEND=noninteractive apt-get'
  fi
}
