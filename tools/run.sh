#!/bin/sh
# `make run`: a workspace with the sample library, the model made ready, one success story, and what to do next.
set -eu
bin=$1
out=$2
mkdir -p "$out"
"$bin/koujing" init --sample
model=$("$bin/koujing" models list --json | "$bin/python" -c 'import json,sys; print(json.load(sys.stdin)["model"])')
if [ "$model" = local ] && [ -z "${KOUJING_GGUF:-}" ]; then "$bin/koujing" models install; fi
status=0
"$bin/koujing" draft success_story -i case=case-elevator -o "$out/success-story.html" || status=$?
# 1 means: written, with findings to look at. Anything above is a failure.
if [ "$status" -gt 1 ]; then exit "$status"; fi
draft=$("$bin/koujing" drafts list --json | "$bin/python" -c 'import json,sys; print(json.load(sys.stdin)["drafts"][0]["id"])')
"$bin/koujing" drafts show "$draft" || true
"$bin/koujing" drafts show "$draft" -o "$out/success-story.md" 2>/dev/null || true
"$bin/koujing" drafts show "$draft" -o "$out/success-story.docx" 2>/dev/null || true
cat <<TEXT

The draft is in $out/success-story.html (open it in a browser), .md and .docx.
The service:   make serve
Another story: $bin/koujing draft success_story -i case=case-wind --locale en
What else:     $bin/koujing templates
TEXT
