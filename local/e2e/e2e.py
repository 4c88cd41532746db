#!/usr/bin/env python3
"""The suite from end to end, with the ordinary tools: Terraform deploys it to a fresh sandbox, the AWS CLI breaks things and
sends events, the command line looks at what came of them.

    ./cloudmend e2e [--keep] [--measure]

Prints each thing that holds or does not; exit code 1 when one does not. Needs terraform, aws, git and python3 on the PATH.
"""

import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
REGION = "us-east-1"
CENTRAL = "123456789012"
MEMBER = "222222222222"
STRANGER = "333333333333"
FUNCTIONS = ["intake", "assessor", "diagnoser", "decider", "remediator", "pr-opener", "audit-writer"]
LIVE = ["s3-bucket-block-public-access", "ec2-security-group-admin-ports-world"]
PATIENCE = 120
BURST = 200
EXTERNAL_ID = "an-external-id-of-the-member-account"


class Stopped(Exception):
    """What comes next rests on what did not hold."""


class Run:
    """One pass: its folder, its environment, and what held."""

    def __init__(self, folder):
        self.folder = folder
        self.held = 0
        self.short = []
        self.began = time.monotonic()
        self.times = {}
        self.processes = []
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_VAR_", "CLOUDMEND_STACK"))},
            "XDG_STATE_HOME": str(folder / "state"),
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_PAGER": "",
            "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0",
            "CHECKPOINT_DISABLE": "1",
        }
        if not os.path.exists(self.environment.get("TF_CLI_CONFIG_FILE", "/")):
            del self.environment["TF_CLI_CONFIG_FILE"]

    def holds(self, what, condition, detail=""):
        clock = f"{time.monotonic() - self.began:6.1f} s"
        if condition:
            self.held += 1
            print(f"{clock}  holds          {what}", flush=True)
        else:
            self.short.append(what)
            print(f"{clock}  does not hold  {what}\n{str(detail)[-3000:]}", flush=True)
        return bool(condition)

    def needs(self, what, condition, detail=""):
        if not self.holds(what, condition, detail):
            raise Stopped()

    @contextlib.contextmanager
    def timed(self, name):
        start = time.monotonic()
        yield
        self.times[name] = time.monotonic() - start

    def call(self, *command, check=True, extra=None, cwd=ROOT):
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**self.environment, **(extra or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if check and done.returncode:
            self.needs(" ".join(map(str, command[:4])), False, done.stdout + done.stderr)
        return done

    def aws(self, *arguments, check=True, extra=None):
        # Named, because version 1 of the AWS CLI does not look at the environment's for SQS.
        address = self.environment["AWS_ENDPOINT_URL"]
        done = self.call("aws", *arguments, "--endpoint-url", address, "--output", "json", check=check, extra=extra)
        return json.loads(done.stdout) if done.returncode == 0 and done.stdout.strip() else None

    def cloudmend(self, *arguments, check=True):
        done = self.call(ROOT / "cloudmend", *arguments, "--json", check=check)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def stack(self, *arguments, check=True):
        return self.cloudmend(*arguments, "--stack", "cloudmend", check=check)

    def send(self, events, *options):
        file = self.folder / "events.json"
        file.write_text(json.dumps(events))
        return json.loads(self.call(ROOT / "events/send.sh", file, *options).stdout)

    def entries(self):
        return self.stack("audit", "list", "--days", "1", "--limit", "10000")["entries"]

    def closed(self, known, count=1, patience=PATIENCE):
        """Waits until that many more incidents than the known ones are closed; returns them by id."""
        deadline = time.monotonic() + patience
        while True:
            ends = {e["incidentId"]: e for e in self.entries() if e["kind"] == "CLOSED" and e["incidentId"] not in known}
            if len(ends) >= count or time.monotonic() > deadline:
                return ends
            time.sleep(0.5)

    def waiting(self, count, patience=PATIENCE):
        deadline = time.monotonic() + patience
        while True:
            found = self.stack("replay", "list")["waiting"]
            if len(found) == count or time.monotonic() > deadline:
                return found
            time.sleep(0.5)


class Repository:
    """A git repository whose Terraform source declares buckets; git alone works on it here."""

    def __init__(self, run, name, buckets):
        self.run = run
        self.name = name
        self.folder = run.folder / name.replace("/", "-")
        self.folder.mkdir()
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("config", "user.name", "Ana")
        self.git("config", "user.email", "ana@example.com")
        blocks = [f'resource "aws_s3_bucket" "{b.replace("-", "_")}" {{\n  bucket = "{b}"\n}}\n' for b in buckets]
        (self.folder / "main.tf").write_text("\n".join(blocks))
        self.git("add", "main.tf")
        self.git("commit", "--quiet", "--message", "Buckets")

    def git(self, *arguments):
        return self.run.call("git", *arguments, cwd=self.folder).stdout

    def refs(self):
        return self.git("for-each-ref")

    def proposed(self):
        return [r for r in self.git("for-each-ref", "--format=%(refname:short)", "refs/heads/cloudmend").splitlines() if r]


class Terraform:
    """One root module in a folder of its own."""

    def __init__(self, run, name, variables, extra=None):
        self.run = run
        self.extra = extra
        self.folder = run.folder / name
        shutil.copytree(ROOT / "infra-terraform", run.folder / name, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        self.set(variables)

    def at(self, path):
        other = Terraform.__new__(Terraform)
        other.run, other.extra, other.folder = self.run, self.extra, self.folder / path
        return other

    def set(self, variables):
        (self.folder / "terraform.tfvars.json").write_text(json.dumps(variables))

    def __call__(self, *arguments, check=True):
        return self.run.call("terraform", *arguments, "-no-color", check=check, extra=self.extra, cwd=self.folder)

    def init(self):
        installed = self.run.call(ROOT / "infra-terraform/installed-provider").stdout.strip()
        self("init", *([f"-plugin-dir={installed}"] if installed else []))


def vanta(bucket, account=CENTRAL):
    return {
        "source": "vanta.compliance",
        "detail-type": "Test Failed",
        "detail": {
            "test_name": "S3 Bucket Block Public Access",
            "resource_arn": f"arn:aws:s3:::{bucket}",
            "account_id": account,
            "region": REGION,
            "severity": "high",
            "failure_reason": "Public access is not blocked.",
        },
    }


def trail(event_id, account, service, name, parameters, identity):
    """An event as CloudTrail's arrive: from AWS itself, on an account's default bus."""
    return {
        "version": "0",
        "id": event_id,
        "detail-type": "AWS API Call via CloudTrail",
        "source": f"aws.{service}",
        "account": account,
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "region": REGION,
        "resources": [],
        "detail": {
            "eventVersion": "1.11",
            "userIdentity": identity,
            "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "eventSource": f"{service}.amazonaws.com",
            "eventName": name,
            "awsRegion": REGION,
            "sourceIPAddress": "198.51.100.7",
            "userAgent": "aws-cli",
            "requestParameters": parameters,
            "responseElements": None,
            "requestID": event_id,
            "eventID": event_id,
            "readOnly": False,
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": account,
            "eventCategory": "Management",
        },
    }


def person(account):
    return {
        "type": "IAMUser",
        "principalId": "AIDAEXAMPLEEXAMPLE",
        "arn": f"arn:aws:iam::{account}:user/ana",
        "accountId": account,
        "userName": "ana",
    }


def remediator(account):
    role = f"arn:aws:iam::{account}:role/cloudmend-remediator"
    return {
        "type": "AssumedRole",
        "principalId": "AROAEXAMPLE:session",
        "arn": f"arn:aws:sts::{account}:assumed-role/cloudmend-remediator/session",
        "accountId": account,
        "sessionContext": {
            "sessionIssuer": {"type": "Role", "arn": role, "accountId": account, "userName": "cloudmend-remediator"}
        },
    }


def blocks(run, bucket, extra=None):
    found = run.aws("s3api", "get-public-access-block", "--bucket", bucket, check=False, extra=extra)
    return found and all(found["PublicAccessBlockConfiguration"].values())


def bad_bucket(run, bucket, extra=None):
    run.aws("s3api", "create-bucket", "--bucket", bucket, extra=extra)
    run.aws("s3api", "delete-public-access-block", "--bucket", bucket, extra=extra)


def outcomes(ends):
    return sorted(e["data"].get("outcome") for e in ends.values())


def ended(run, what, known, events, expected, options=()):
    """Sends events and looks at how their incidents end."""
    run.needs(f"{what}: the events are taken", run.send(events, *options)["FailedEntryCount"] == 0)
    ends = run.closed(known, len(expected))
    run.holds(f"{what}: {', '.join(sorted(set(expected)))}", outcomes(ends) == sorted(expected), json.dumps(ends, indent=1))
    known.update(ends)
    return ends


def start(run):
    sandbox = run.cloudmend("sandbox", "start")
    run.environment["AWS_ENDPOINT_URL"] = sandbox["endpoint"]
    run.holds("a fresh sandbox", sandbox["running"])


def dry(run, central):
    with run.timed("apply"):
        central.init()
        central("apply", "-auto-approve")
    plan = central("plan", "-detailed-exitcode", check=False)
    run.holds("a second plan shows no change", plan.returncode == 0, plan.stdout + plan.stderr)

    known = set()
    bad_bucket(run, "e2e-reports")
    ended(run, "a bad bucket in a dry run", known, [vanta("e2e-reports")], ["PLANNED"])
    run.holds("nothing was written", not blocks(run, "e2e-reports"))
    return known


def live(run, central, variables, known):
    with run.timed("apply live"):
        central.set(variables)
        central("apply", "-auto-approve")
    ends = ended(run, "the same bucket live", known, [vanta("e2e-reports")], ["REMEDIATED"])
    run.holds("the bucket blocks public access", blocks(run, "e2e-reports"))
    run.holds("the audit chain verifies", run.stack("audit", "verify")["holds"])
    undo(run, next(iter(ends)))

    group = run.aws("ec2", "create-security-group", "--group-name", "e2e", "--description", "end to end")["GroupId"]
    permission = [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    run.aws("ec2", "authorize-security-group-ingress", "--group-id", group, "--ip-permissions", json.dumps(permission))
    opened = {
        "groupId": group,
        "ipPermissions": {
            "items": [
                {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipRanges": {"items": [{"cidrIp": "0.0.0.0/0"}]}}
            ]
        },
    }
    ssh = trail("e2e-opened-ssh", CENTRAL, "ec2", "AuthorizeSecurityGroupIngress", opened, person(CENTRAL))
    ended(run, "somebody opens SSH to the world", known, [ssh], ["REMEDIATED"])
    rules = run.aws("ec2", "describe-security-groups", "--group-ids", group)["SecurityGroups"][0]["IpPermissions"]
    run.holds("the rule is gone", rules == [], rules)
    own(run, known, opened)


def undo(run, incident):
    shown = run.stack("undo", incident)
    run.holds("undo shows the way back", shown["outcome"] == "PLANNED" and blocks(run, "e2e-reports"), shown)
    gone = run.stack("undo", incident, "--live")
    run.holds("undo goes it", gone["outcome"] == "UNDONE" and not blocks(run, "e2e-reports"), gone)


def own(run, known, parameters):
    machine = run.parts["stateMachines"]["remediation"]
    event = trail("e2e-own-call", CENTRAL, "ec2", "AuthorizeSecurityGroupIngress", parameters, remediator(CENTRAL))
    before = executions(run, machine)
    run.send([event])
    ended(run, "a marker behind the own call", known, [vanta("e2e-nowhere")], ["RESOURCE_NOT_FOUND"])
    run.holds("the event of an own call starts nothing", len(executions(run, machine)) == len(before) + 1)
    run.aws("stepfunctions", "start-execution", "--state-machine-arn", machine, "--input", json.dumps({"event": event, "run": {}}))
    ends = run.closed(known)
    run.holds("started by hand it is ignored", outcomes(ends) == ["IGNORED"], ends)
    known.update(ends)


def executions(run, machine):
    return run.aws("stepfunctions", "list-executions", "--state-machine-arn", machine)["executions"]


def host(run):
    """Two repositories behind an API like GitHub's, one of which lets nobody make branches of Cloudmend's; what Terraform is told of it."""
    run.source = Repository(run, "acme/infrastructure", [f"e2e-source-{b}" for b in ("one", "twice", "live", "shown")])
    run.locked = Repository(run, "acme/locked", ["e2e-locked"])
    served = [f"{r.name}={r.folder}" for r in (run.source, run.locked)]
    process = subprocess.Popen(
        [ROOT / "cloudmend", "git-host", "--data", run.folder / "git-host", "--protect", "acme/locked=cloudmend/**", *served],
        env=run.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    run.processes.append(process)
    address = process.stdout.readline().strip().removeprefix("GITHUB_API_URL=")
    run.needs("a server for the repositories", address, process.poll())
    secret = run.aws("secretsmanager", "create-secret", "--name", "e2e-github", "--secret-string", json.dumps({"token": "any"}))
    return {"github_secret_arn": secret["ARN"], "github_api_url": address}


def pull_requests(run, known):
    buckets = ["e2e-source-one", "e2e-source-twice", "e2e-source-live", "e2e-source-shown", "e2e-locked"]
    for bucket in buckets:
        bad_bucket(run, bucket)
    locked = run.locked.refs()
    with run.timed("pull requests"):
        run.needs("findings of declared buckets", run.send([vanta(b) for b in ["e2e-source-twice", *buckets]])["FailedEntryCount"] == 0)
        ends = run.closed(known, len(buckets) + 1)
    known.update(ends)
    of = {bucket: [] for bucket in buckets}
    for incident, end in ends.items():
        opened = next(e for e in run.stack("audit", "show", incident)["entries"] if e["kind"] == "OPENED")
        of[next(b for b in buckets if f":::{b}\"" in json.dumps(opened))].append((incident, end["data"]))
    listed = {p["incidentId"]: p["pullRequest"] for p in run.stack("pull-requests", "list")["pullRequests"]}

    def ends_as(bucket, *expected):
        return run.holds(f"{bucket}: {' or '.join(expected)}", of[bucket] and all(e.get("outcome") in expected for _, e in of[bucket]), of[bucket])

    run.needs("one pull request, and nothing live", ends_as("e2e-source-one", "PULL_REQUEST_OPENED") and not blocks(run, "e2e-source-one"))
    one = of["e2e-source-one"][0][0]
    link = listed.get(one, {})
    run.holds("its link is in the audit trail", link.get("url") and link["url"] in json.dumps(run.stack("pull-requests", "show", one)["entries"]), link)
    shown = run.source.git("diff", "--stat", f"main...{link['branch']}")
    text = run.source.git("show", f"{link['branch']}:main.tf")
    run.holds("its branch mends one file", "1 file changed" in shown and "aws_s3_bucket_public_access_block" in text, shown + text)
    ends_as("e2e-source-twice", "PULL_REQUEST_OPENED", "DUPLICATE")
    ends_as("e2e-source-live", "REMEDIATED")
    numbers = {link["number"] for link in listed.values()}
    branches = run.source.proposed()
    run.holds("two deliveries at the same time give one; three in all", len(numbers) == 3 and len(branches) == 3, [listed, branches])
    run.holds("what was fixed live is proposed too", blocks(run, "e2e-source-live") and of["e2e-source-live"][0][0] in listed, listed)
    ends_as("e2e-source-shown", "PLANNED")
    preview = run.stack("pull-requests", "show", of["e2e-source-shown"][0][0])
    run.holds("a dry run shows what it would open", "+resource" in preview.get("preview", {}).get("diff", ""), preview)
    ends_as("e2e-locked", "MANUAL")
    run.holds("where the branch is forbidden nothing is half done", run.locked.refs() == locked, run.locked.refs())

    run.source.git("merge", "--quiet", "--no-ff", "--message", "Reviewed", link["branch"])
    answer = run.folder / "sweep.json"
    payload = run.folder / "sweep-payload.json"
    payload.write_text(json.dumps({"action": "sweep"}))
    function = run.parts["functions"]["pr-opener"]
    swept = run.aws("lambda", "invoke", "--function-name", function, "--payload", f"fileb://{payload}", answer)
    run.holds("a sweep reads them back", swept and "FunctionError" not in swept, answer.read_text())
    kinds = [e["kind"] for e in run.stack("audit", "show", one)["entries"]]
    run.holds("what was merged is in the audit trail", "PULL_REQUEST_MERGED" in kinds, kinds)
    run.holds("the audit chain verifies", run.stack("audit", "verify")["holds"])


def accounts(run, central, variables, known):
    member = {
        "AWS_ACCESS_KEY_ID": run.cloudmend("sandbox", "account", MEMBER)["accessKeyId"],
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    roles = json.loads(central("output", "-json", "role_arns").stdout)
    there = Terraform(run, "member", {}, extra=member).at("modules/member-account")
    there.set(
        {
            "assessor_role_arn": roles["assessor"],
            "remediator_role_arn": roles["remediator"],
            "external_id": EXTERNAL_ID,
            "dry_run": False,
            "live_playbooks": LIVE,
        }
    )
    there.init()
    there("apply", "-auto-approve")
    secret = run.aws(
        "secretsmanager", "create-secret", "--name", "e2e-external-ids", "--secret-string", json.dumps({MEMBER: EXTERNAL_ID})
    )["ARN"]
    central.set({**variables, "member_accounts": [MEMBER], "external_ids_secret_arn": secret})
    central("apply", "-auto-approve")

    bad_bucket(run, "e2e-member-reports", extra=member)
    ended(run, "a bucket of a member account", known, [vanta("e2e-member-reports", MEMBER)], ["REMEDIATED"])
    run.holds("it was fixed there", blocks(run, "e2e-member-reports", extra=member))
    ends = ended(run, "a bucket of an account that is no member", known, [vanta("e2e-stranger", STRANGER)], ["BLOCKED"])
    run.holds("the reason names the account", STRANGER in json.dumps(ends), ends)
    return there, secret


def burst(run, known):
    buckets = [f"e2e-burst-{i}" for i in range(20)]
    for bucket in buckets:
        bad_bucket(run, bucket)
    events = [vanta(buckets[i % len(buckets)]) for i in range(BURST)]
    with run.timed(f"burst of {BURST}"):
        sent = run.send(events)
        ends = run.closed(known, BURST, patience=300)
    closings = [e for e in run.entries() if e["kind"] == "CLOSED" and e["incidentId"] not in known]
    run.holds(f"{BURST} events: none lost", sent["FailedEntryCount"] == 0 and len(ends) == BURST, len(ends))
    run.holds("none closed twice", len(closings) == BURST, len(closings))
    fixed = outcomes(ends).count("REMEDIATED")
    run.holds("each bucket was fixed once", fixed == len(buckets) and all(blocks(run, b) for b in buckets), outcomes(ends))
    run.holds("nothing failed", "FAILED" not in outcomes(ends), outcomes(ends))
    run.holds("the audit chain verifies", run.stack("audit", "verify")["holds"])
    known.update(ends)


def poisoned(run, known):
    event = vanta("e2e-poisoned")
    event["detail"]["resource_arn"] = "no arn at all"
    run.send([event])
    waiting = run.waiting(1)
    run.needs("a poisoned event waits", len(waiting) == 1 and "resource_arn" in waiting[0]["reason"], waiting)
    run.stack("replay", "run")
    again = run.waiting(1)
    run.holds("replayed, it is read again and waits again", len(again) == 1 and again[0]["id"] != waiting[0]["id"], again)
    # As JSON: version 1 of the AWS CLI would fetch an option's value that begins with http.
    run.aws("sqs", "purge-queue", "--cli-input-json", json.dumps({"QueueUrl": run.parts["queues"]["unprocessed"]}))

    intake = "cloudmend-intake"
    settings = run.aws("lambda", "get-function-configuration", "--function-name", intake)["Environment"]["Variables"]
    point(run, intake, {**settings, "CLOUDMEND_LIVE": "perhaps"})
    run.send([vanta("e2e-nowhere-either")])
    waiting = run.waiting(1)
    run.needs("what a broken function could not read waits", len(waiting) == 1, waiting)
    point(run, intake, settings)
    replayed = run.stack("replay", "run")["replayed"]
    run.holds("replay starts it", len(replayed) == 1 and replayed[0].get("problem") is None, replayed)
    ends = run.closed(known)
    run.holds("mended and replayed, it comes to its end", outcomes(ends) == ["RESOURCE_NOT_FOUND"], ends)
    run.holds("nothing waits any more", run.waiting(0) == [])
    known.update(ends)


def point(run, function, settings):
    """Gives a function other settings, as a deployment does: a new version, then the alias."""
    run.aws("lambda", "update-function-configuration", "--function-name", function, "--environment", json.dumps({"Variables": settings}))
    version = run.aws("lambda", "publish-version", "--function-name", function)["Version"]
    run.aws("lambda", "update-alias", "--function-name", function, "--name", "live", "--function-version", version)


def killed(run, known):
    bad_bucket(run, "e2e-killed")
    target = f"aws|{CENTRAL}|{REGION}|arn:aws:s3:::e2e-killed"
    key = "lease#" + hashlib.sha256(target.encode()).hexdigest()
    lease = {
        "pk": {"S": key},
        "sk": {"S": "lease"},
        "targetKey": {"S": target},
        "owner": {"S": "somebody else"},
        "expiresAt": {"N": str(int(time.time()) + 600)},
    }
    table = run.parts["tables"]["state"]
    run.aws("dynamodb", "put-item", "--table-name", table, "--item", json.dumps(lease))
    machine = run.parts["stateMachines"]["remediation"]
    run.send([vanta("e2e-killed")])
    deadline = time.monotonic() + PATIENCE
    running = []
    while not running and time.monotonic() < deadline:
        time.sleep(1)
        running = run.aws("stepfunctions", "list-executions", "--state-machine-arn", machine, "--status-filter", "RUNNING")["executions"]
    run.needs("an execution waits for a lease", len(running) == 1, running)
    wait_for_step(run, running[0]["executionArn"], "Remediate")
    run.aws("stepfunctions", "stop-execution", "--execution-arn", running[0]["executionArn"], "--error", "e2e")
    ends = run.closed(known)
    run.holds("killed half-way, its incident is closed", outcomes(ends) == ["FAILED"], ends)
    run.holds("nothing was written", not blocks(run, "e2e-killed"))
    known.update(ends)


def wait_for_step(run, execution, step):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        history = run.aws("stepfunctions", "get-execution-history", "--execution-arn", execution)["events"]
        if any(e.get("stateEnteredEventDetails", {}).get("name") == step for e in history):
            return
        time.sleep(0.5)
    run.needs(f"the execution comes to {step}", False)


def stop_switch(run, known):
    run.stack("stop", "--reason", "end to end")
    bad_bucket(run, "e2e-stopped")
    ended(run, "with the stop switch on", known, [vanta("e2e-stopped")], ["BLOCKED"])
    run.stack("resume")


def measure(run, known):
    waits = []
    for i in range(50):
        sent = time.time()
        run.send([vanta(f"e2e-measure-{i}")])
        ends = run.closed(known)
        known.update(ends)
        waits += [iso(e["at"]) - sent for e in ends.values()]
    waits.sort()
    print(f"put-events to a closed record: median {statistics.median(waits):.2f} s, p95 {waits[int(len(waits) * 0.95) - 1]:.2f} s of {len(waits)}")


def iso(text):
    import datetime

    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def destroy(run, central, there, secret):
    there("destroy", "-auto-approve")
    with run.timed("destroy"):
        central("destroy", "-auto-approve")
    for made in (secret, "e2e-github"):
        run.aws("secretsmanager", "delete-secret", "--secret-id", made, "--force-delete-without-recovery")
    left = {
        "functions": [f["FunctionName"] for f in run.aws("lambda", "list-functions")["Functions"]],
        "roles": [r["RoleName"] for r in run.aws("iam", "list-roles")["Roles"]],
        "tables": run.aws("dynamodb", "list-tables")["TableNames"],
        "queues": (run.aws("sqs", "list-queues") or {}).get("QueueUrls", []),
        "machines": [m["name"] for m in run.aws("stepfunctions", "list-state-machines")["stateMachines"]],
        "rules": [r["Name"] for r in run.aws("events", "list-rules")["Rules"]],
        "buses": [b["Name"] for b in run.aws("events", "list-event-buses")["EventBuses"]],
        "parameters": [p["Name"] for p in run.aws("ssm", "describe-parameters")["Parameters"]],
        "logs": [g["logGroupName"] for g in run.aws("logs", "describe-log-groups")["logGroups"]],
        "alarms": [a["AlarmName"] for a in run.aws("cloudwatch", "describe-alarms")["MetricAlarms"]],
        "topics": [t["TopicArn"] for t in run.aws("sns", "list-topics")["Topics"]],
    }
    ours = {kind: [n for n in names if "cloudmend" in n] for kind, names in left.items()}
    run.holds("destroy leaves nothing", not any(ours.values()), ours)


def package(run):
    """Builds the functions' zips where one is missing or older than a source."""
    zips = [ROOT / f"functions/{name}/target/{name}.zip" for name in FUNCTIONS]
    sources = [
        file
        for folder in ("shared", "functions")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and ("main" in file.parts or file.name == "pom.xml") and "target" not in file.parts
    ]
    if not all(zip.exists() for zip in zips) or min(z.stat().st_mtime for z in zips) < max(s.stat().st_mtime for s in sources):
        print("packaging the functions (a minute or two) ...", flush=True)
        modules = ",".join(f"functions/{name}" for name in FUNCTIONS)
        options = os.environ.get("CLOUDMEND_MAVEN_OPTS", "").split()
        with run.timed("packaging"):
            run.call(ROOT / "mvnw", "-B", "-q", "-pl", modules, "-am", "package", "-Dmaven.test.skip=true", "-Dexec.skip=true", *options)
    run.needs("the functions are packaged", all(zip.exists() for zip in zips))


def everything(run, arguments):
    for tool in ("terraform", "aws", "git", "python3"):
        run.needs(f"{tool} is on the PATH", shutil.which(tool))
    package(run)
    variables = {
        "functions_path": str(ROOT / "functions"),
        # What the emulator does not keep.
        "snap_start": False,
        "json_logs": False,
        "tracing": False,
        "require_tls": False,
        "create_trail": False,
        "archive_days": 0,
        "deletion_protection": False,
        "config_file": str(ROOT / "local/e2e/cloudmend.yaml"),
    }
    start(run)
    central = Terraform(run, "central", variables)
    known = dry(run, central)
    run.parts = json.loads(run.aws("ssm", "get-parameter", "--name", "/cloudmend/cloudmend/stack")["Parameter"]["Value"])
    going_live = {**variables, "dry_run": False, "live_playbooks": LIVE, **host(run)}
    live(run, central, going_live, known)
    pull_requests(run, known)
    there, secret = accounts(run, central, going_live, known)
    stop_switch(run, known)
    burst(run, known)
    poisoned(run, known)
    killed(run, known)
    if arguments.measure:
        measure(run, known)
    destroy(run, central, there, secret)


def main():
    parser = argparse.ArgumentParser(prog="cloudmend e2e", description=__doc__.split("\n\n")[0])
    parser.add_argument("--keep", action="store_true", help="leave the sandbox running and the folder in place")
    parser.add_argument("--measure", action="store_true", help="also time 50 events, one after another")
    arguments = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cloudmend-e2e-"))
    run = Run(folder)
    try:
        everything(run, arguments)
    except Stopped:
        pass
    finally:
        for process in run.processes:
            process.terminate()
            process.wait()
        if arguments.keep:
            print(f"kept: {folder}; XDG_STATE_HOME={folder}/state ./cloudmend sandbox stop")
        else:
            run.call(ROOT / "cloudmend", "sandbox", "stop", check=False)
            shutil.rmtree(folder, ignore_errors=True)
    total = time.monotonic() - run.began
    print("; ".join(f"{name} {seconds:.0f} s" for name, seconds in run.times.items()))
    print(f"{run.held} hold, {len(run.short)} do not, {total:.0f} s")
    return 1 if run.short else 0


if __name__ == "__main__":
    sys.exit(main())
