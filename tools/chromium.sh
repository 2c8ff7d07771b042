#!/bin/sh
# Chromium and a Chinese face for the tests of the pages. Without both rights and apt-get it only says what is missing.
for name in chromium chromium-browser google-chrome; do
	if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
else
	echo "no Chromium here: the tests of the pages are skipped; install chromium and fonts-noto-cjk" >&2
fi
