#!/bin/bash
# One authority and one certificate for all nodes, made once and kept in a volume. Runs in the Elasticsearch image.
set -euo pipefail
cd /usr/share/elasticsearch
out=config/certs
if [ ! -f "$out/done" ]; then
  rm -rf "$out/ca" "$out/node"
  bin/elasticsearch-certutil ca --silent --pem --out /tmp/ca.zip
  unzip -q /tmp/ca.zip -d "$out"
  bin/elasticsearch-certutil cert --silent --pem --name node \
    --dns localhost,elasticsearch,es1,es2,es3 --ip 127.0.0.1 \
    --ca-cert "$out/ca/ca.crt" --ca-key "$out/ca/ca.key" --out /tmp/node.zip
  unzip -q /tmp/node.zip -d "$out"
  chown -R root:root "$out"
  find "$out" -type d -exec chmod 750 {} +
  find "$out" -type f -exec chmod 640 {} +
  chmod 755 "$out" "$out/ca"
  chmod 644 "$out/ca/ca.crt"
  touch "$out/done"
fi
