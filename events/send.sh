#!/bin/sh
# Sends events to an EventBridge bus with the AWS CLI.
#
#   events/send.sh FILE [--bus NAME] [--endpoint-url URL]
#
# FILE is an event, an array of events, or entries as `aws events put-events` takes them; - for standard input.
#   --bus NAME           the bus (name or ARN). Default: cloudmend-compliance-events
#   --endpoint-url URL   another address than AWS, such as the sandbox's; else AWS_ENDPOINT_URL, else AWS
#
# AWS lets nobody send events of its own sources (aws.…), such as CloudTrail's. A sandbox on this machine takes them, as if its
# account had made them; anywhere else they are refused.
#
# Exit code 1 when an entry was not taken, 2 for bad input. Needs the AWS CLI and Python 3.
set -eu

bus=cloudmend-compliance-events
file=
url=${AWS_ENDPOINT_URL:-}

usage() {
  sed -n '2,/^set -eu/{/^#/s/^# \{0,1\}//p;}' "$0"
}

fail() {
  printf 'send.sh: %s\n' "$1" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --bus | --endpoint-url)
      [ $# -ge 2 ] || fail "$1 needs a value"
      if [ "$1" = --bus ]; then bus=$2; else url=$2; fi
      shift 2
      ;;
    -?*) fail "$1 is not known; see --help" ;;
    *)
      [ -z "$file" ] || fail "one FILE only; got $file and $1"
      file=$1
      shift
      ;;
  esac
done
[ -n "$file" ] || fail "which FILE? See --help"
[ "$file" = - ] || [ -r "$file" ] || fail "$file cannot be read"
command -v aws >/dev/null || fail "the AWS CLI (aws) is not on the PATH"
command -v python3 >/dev/null || fail "python3 is not on the PATH"

exec python3 - "$file" "$bus" "$url" 3<&0 <<'PYTHON'
import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

MOST_AT_ONCE = 10
file, bus, url = sys.argv[1:]


def fail(message):
    print("send.sh: " + message, file=sys.stderr)
    sys.exit(2)


def read():
    try:
        with open(3 if file == "-" else file, encoding="utf-8") as source:
            found = json.load(source)
    except (OSError, ValueError) as problem:
        fail(f"{file}: {problem}")
    found = found if isinstance(found, list) else [found]
    for position, one in enumerate(found):
        if not isinstance(one, dict) or not ({"detail-type", "source", "detail"} <= one.keys() or "Detail" in one):
            fail(f"{file}#/{position}: is neither an event nor an entry; expected source, detail-type and detail")
    return found


def entry(one):
    if "Detail" in one:
        return {"EventBusName": bus, **one}
    made = {
        "EventBusName": bus,
        "Source": one["source"],
        "DetailType": one["detail-type"],
        "Detail": json.dumps(one["detail"]),
        "Resources": one.get("resources", []),
    }
    if "time" in one:
        made["Time"] = one["time"]
    return made


def put(entries):
    command = ["aws", "events", "put-events", "--output", "json", "--cli-input-json", json.dumps({"Entries": entries})]
    if url:
        command += ["--endpoint-url", url]
    if "AWS_REGION" in os.environ:  # version 1 of the AWS CLI does not look at it
        command += ["--region", os.environ["AWS_REGION"]]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(1)
    return json.loads(done.stdout)["Entries"]


def put_as_aws(one):
    host = urllib.parse.urlsplit(url).hostname
    if host not in ("127.0.0.1", "localhost", "::1"):
        return {"ErrorCode": "NotAuthorizedForSource", "ErrorMessage": f"AWS lets nobody send events of {one['source']}"}
    request = urllib.request.Request(url.rstrip("/") + "/_cloudmend/events", json.dumps(one).encode(), method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as problem:
        return {"ErrorCode": str(problem.code), "ErrorMessage": problem.read().decode(errors="replace")}
    except urllib.error.URLError as problem:
        fail(f"{url} does not answer: {problem.reason}")


def of_aws(one):
    return str(one.get("source", "")).startswith("aws.")


found = read()
results = []
ours = [entry(one) for one in found if not of_aws(one)]
for start in range(0, len(ours), MOST_AT_ONCE):
    results += put(ours[start : start + MOST_AT_ONCE])
results += [put_as_aws(one) for one in found if of_aws(one)]
failed = [one for one in results if "ErrorCode" in one]
print(json.dumps({"FailedEntryCount": len(failed), "Entries": results}, indent=2))
sys.exit(1 if failed else 0)
PYTHON
