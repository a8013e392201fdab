#!/bin/bash
# Write beside every image of docker-compose.yml and docker/Dockerfile the digest its registry tells now. Where one is not
# told nothing is written: half of them pinned would look like all.
set -euo pipefail
cd "$(dirname "$0")/.."
files=(docker-compose.yml docker/Dockerfile)
images=$(sed -nE 's/^ *(image:|FROM) ([^ @]+:[^ @]+).*/\2/p' "${files[@]}" | sort -u)
rules=()
for image in $images; do
  digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
  [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "docker/digests.sh: no digest of $image" >&2; exit 1; }
  rules+=(-e "s|^( *(image:\|FROM) )${image//./\\.}(@sha256:[0-9a-f]{64})?( \|\$)|\\1${image}@${digest}\\4|")
done
sed -E -i "${rules[@]}" "${files[@]}"
