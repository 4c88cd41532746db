#!/usr/bin/env bash
# Drives ./cloudmend as a new user does. Prints what does not hold; exit 0 when all does.
set -uo pipefail
cd "$(dirname "$0")/../../../../.."

state=$(mktemp -d)
export XDG_STATE_HOME=$state AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing
held=0
short=0
trap './cloudmend sandbox stop >/dev/null 2>&1; rm -rf "$state"' EXIT

holds() { # what, command...
  local what=$1
  shift
  if "$@" >"$state/out" 2>"$state/err"; then
    held=$((held + 1))
  else
    short=$((short + 1))
    printf 'does not hold: %s\n' "$what"
    head -c 1500 "$state/out" "$state/err"
  fi
}
field() { # JSON file, path such as incidents.0.outcome
  python3 - "$1" "$2" <<'P'
import json, sys
value = json.load(open(sys.argv[1]))
for part in sys.argv[2].split("."):
    value = value[int(part)] if part.isdigit() else value.get(part)
print(value)
P
}
outcome() { # expected, arguments of run...
  local expected=$1
  shift
  ./cloudmend run "$@" --json >"$state/run.json" || return 1
  [ "$(field "$state/run.json" incidents.0.outcome)" = "$expected" ] && return
  cat "$state/run.json"
  return 1
}
exits() { # code, command...
  local expected=$1 code=0
  shift
  "$@" || code=$?
  [ "$code" = "$expected" ] || { echo "exit code $code, expected $expected"; return 1; }
}

event=events/vanta/s3-public-access-block.json
holds "a version" ./cloudmend --version
holds "help" ./cloudmend --help
holds "completion for the shell" bash -c 'source <(./cloudmend generate-completion)'
holds "a sandbox starts with broken resources" ./cloudmend sandbox start --seed
holds "it is running" bash -c './cloudmend sandbox status --json | grep -q "\"running\" : true"'
holds "a second one is refused" exits 2 ./cloudmend sandbox start
holds "a plan" outcome PLANNED "$event"
holds "the same again is a duplicate" outcome DUPLICATE "$event"
holds "live" outcome REMEDIATED "$event" --live
holds "again is compliant" outcome ALREADY_COMPLIANT "$event" --live
incident=$(field "$state/run.json" incidents.0.incidentId)
holds "a dry undo" ./cloudmend undo "$incident"
holds "an undo" ./cloudmend undo "$incident" --live
holds "what was taken back stays so" outcome BLOCKED "$event" --live
holds "unless asked for" outcome REMEDIATED "$event" --live --again
holds "the trail of the incident" ./cloudmend audit show "$incident"
holds "the trail verifies" ./cloudmend audit verify
holds "events of the sandbox's own" outcome PLANNED "$(echo "$state"/cloudmend/sandboxes/*/events/ec2-authorize-ssh-from-world.json)"
holds "standard input" bash -c './cloudmend run - --json <events/vanta/iam-password-policy.json | grep -q PLANNED'
holds "a failed call is ignored" outcome IGNORED events/cloudtrail/failed-call.json
holds "bad input ends with 2" exits 2 bash -c 'echo "{" | ./cloudmend run -'
holds "no colours in a pipe" bash -c '! ./cloudmend run events/vanta/s3-versioning.json | grep -q "$(printf "\033")"'
policy=shared/configuration/src/main/resources/dev/cloudmend/configuration/policy.example.yaml
holds "a policy is checked" ./cloudmend policy check "$policy"
holds "a decision is explained" bash -c './cloudmend policy explain events/vanta/s3-versioning.json --policy "$0" | grep -q the-rest-is-only-shown' "$policy"
holds "cases of the policy hold" ./cloudmend policy test docs/examples/policy-cases.yaml --policy "$policy"
holds "a rule decides" bash -c './cloudmend run events/vanta/s3-versioning.json --live --again --policy "$0" --json | grep -q "\"outcome\" : \"PLANNED\""' "$policy"
holds "a bad policy ends with 2, and nothing is done" exits 2 bash -c 'echo "rules: [{name: x}]" >"$0/bad.yaml" && ./cloudmend run events/vanta/s3-versioning.json --live --again --policy "$0/bad.yaml"' "$state"
holds "the configuration is checked" ./cloudmend config check
holds "a prompt is shown redacted" bash -c './cloudmend prompt events/vanta/s3-tls-only.json | tee "$0/prompt" | grep -q BUCKET_1 && ! grep -q cloudmend-demo "$0/prompt"' "$state"
holds "a look without any event" bash -c './cloudmend assess --all --service s3 --events "$0/events.jsonl" | grep -q VIOLATING' "$state"
holds "what it found goes the ordinary way" bash -c './cloudmend run "$0/events.jsonl" --json | grep -q incidentId' "$state"
holds "a report is run" bash -c 'python3 -c "import json,sys; print(json.dumps([json.load(open(sys.argv[1]))[\"detail\"]]))" events/prowler/s3-tls-only.json | ./cloudmend run - --json | grep -q "\"findings\" : 1"'
source_of_the_bucket() {
  git init --quiet --initial-branch main "$state/source"
  printf 'resource "aws_s3_bucket" "reports" {\n  bucket = "cloudmend-demo-reports"\n}\n' >"$state/source/main.tf"
  git -C "$state/source" add main.tf
  git -C "$state/source" -c user.name=Ana -c user.email=ana@example.com commit --quiet --message Buckets
  printf '%s\n' 'policy: {rules: [{name: to-the-source, mode: automatic, channels: [pull_request]}]}' \
    'pullRequests: {repositories: [{repository: acme/infrastructure}]}' >"$state/source.yaml"
}
proposing=(--config "$state/source.yaml" --repository "acme/infrastructure=$state/source")
holds "source in git" source_of_the_bucket
holds "a fix is proposed to it" outcome PULL_REQUEST_OPENED events/vanta/s3-versioning.json --live --again "${proposing[@]}"
holds "its branch is there" bash -c 'git -C "$0/source" grep -q aws_s3_bucket_versioning "$(git -C "$0/source" for-each-ref --format="%(refname)" refs/heads/cloudmend)"' "$state"
holds "it is read back" bash -c './cloudmend pull-requests sweep "${@}" | grep -q "^OPEN "' - "${proposing[@]}"
holds "an exception" ./cloudmend except add --playbook iam-password-policy --reason test --days 1
holds "it is listed" bash -c './cloudmend except list | grep -q ACTIVE'
holds "the budget" bash -c './cloudmend budget | grep -q "all changes"'
holds "stop" ./cloudmend stop --reason test
holds "it holds" outcome BLOCKED events/vanta/s3-versioning.json --live --again
holds "resume" ./cloudmend resume
holds "from another folder, through a link" bash -c 'ln -s "$PWD/cloudmend" "$0/link" && cd / && "$0/link" playbooks --json | grep -q s3-bucket-versioning' "$state"
holds "the sandbox stops" ./cloudmend sandbox stop
holds "the demo" ./cloudmend demo

echo "$held passed, $short failed"
[ "$short" = 0 ]
