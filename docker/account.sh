#!/bin/bash
# The account the service works under: rights on its own indices alone. Runs in the Elasticsearch image; may be repeated.
set -euo pipefail
ca=/usr/share/elasticsearch/config/certs/ca/ca.crt
put() {
  curl --silent --show-error --fail --retry 10 --retry-all-errors --retry-delay 2 --cacert "$ca" \
    --user "elastic:$ELASTIC_PASSWORD" --header "Content-Type: application/json" \
    --request PUT "$1/_security/$2" --data "$3" --output /dev/null
}
put "$1" role/svod '{"cluster": [], "indices": [{"names": ["svod-*"], "privileges": ["all"]}]}'
SVOD_ELASTICSEARCH_PASSWORD=$(cat /run/secrets/elasticsearch_password)
# A password may hold a quote or a backslash: escape both for JSON.
password=${SVOD_ELASTICSEARCH_PASSWORD//\\/\\\\}
put "$1" user/svod "{\"password\": \"${password//\"/\\\"}\", \"roles\": [\"svod\"]}"
