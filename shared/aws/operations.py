#!/usr/bin/env python3
"""Writes the operation tables in src/main/resources/dev/cloudmend/aws/operations.

The names of the operations and their required members are taken from the API models that come with
botocore (any installation of the AWS CLI has them). Run it after raising the version of the AWS SDK;
SdkMetadataTest says which operations are missing or superfluous.
"""

import pathlib

import botocore
import botocore.session

SERVICES = ["ec2", "iam", "s3", "s3control", "sts"]

# Operations that carry a stream or whose members have other names in the SDK for Java, and those
# that the SDK at its present version does not have. They cannot be made from data.
LEFT_OUT = {
    "s3": """CopyObject GetBucketLifecycle GetBucketNotification GetObject GetObjectTorrent
        PutBucketLifecycle PutBucketNotification PutObject SelectObjectContent UploadPart
        UploadPartCopy WriteGetObjectResponse""".split(),
    "ec2": """AcceptTransitGatewayClientVpnAttachment CreateSecondaryNetwork CreateSecondarySubnet
        DeleteSecondaryNetwork DeleteSecondarySubnet DeleteTransitGatewayClientVpnAttachment
        DescribeIpamPoolAllocations DescribeSecondaryInterfaces DescribeSecondaryNetworks
        DescribeSecondarySubnets GetCapacityManagerMonitoredTagKeys GetManagedResourceVisibility
        ModifyIpamPoolAllocation ModifyManagedResourceVisibility
        RejectTransitGatewayClientVpnAttachment UpdateCapacityManagerMonitoredTagKeys""".split(),
}

# Members that the SDK at its present version does not have.
LATER_MEMBERS = ("SecondaryInterfaces[]", "Operation.S3UpdateObjectEncryption")

# What the models do not say: one of these is required. From each operation's page in the
# Amazon EC2 API Reference.
ONE_OF = {
    "AuthorizeSecurityGroupEgress": ["IpPermissions"],
    "AuthorizeSecurityGroupIngress": [
        "GroupId|GroupName",
        "IpPermissions|CidrIp|SourceSecurityGroupName",
    ],
    "CreateLaunchTemplateVersion": ["LaunchTemplateId|LaunchTemplateName"],
    "DeleteSecurityGroup": ["GroupId|GroupName"],
    "ModifyLaunchTemplate": ["LaunchTemplateId|LaunchTemplateName"],
    "ReleaseAddress": ["AllocationId|PublicIp"],
    "RevokeSecurityGroupEgress": ["SecurityGroupRuleIds|IpPermissions"],
    "RevokeSecurityGroupIngress": [
        "GroupId|GroupName",
        "SecurityGroupRuleIds|IpPermissions|CidrIp|SourceSecurityGroupName",
    ],
    "UpdateSecurityGroupRuleDescriptionsEgress": [
        "GroupId|GroupName",
        "IpPermissions|SecurityGroupRuleDescriptions",
    ],
    "UpdateSecurityGroupRuleDescriptionsIngress": [
        "GroupId|GroupName",
        "IpPermissions|SecurityGroupRuleDescriptions",
    ],
}


def required(shape, above=frozenset()):
    """Paths of required members, such as Tags[].Key; a recursive structure is followed once."""
    if shape.type_name == "structure":
        if shape.name in above:
            return []
        paths = list(shape.required_members)
        for name, member in shape.members.items():
            paths += [join(name, path) for path in required(member, above | {shape.name})]
        return paths
    if shape.type_name == "list":
        return [join("[]", path) for path in required(shape.member, above)]
    if shape.type_name == "map":
        return [join("[]", path) for path in required(shape.value, above)]
    return []


def join(name, path):
    return name + path if path.startswith("[") else name + "." + path


def main():
    folder = pathlib.Path(__file__).parent / "src/main/resources/dev/cloudmend/aws/operations"
    session = botocore.session.get_session()
    for service in SERVICES:
        model = session.get_service_model(service)
        lines = [
            f"# The operations of {service} ({model.metadata['apiVersion']}) and their required"
            " members; a|b: one of them.",
            f"# Written by operations.py from the API model in botocore {botocore.__version__}.",
        ]
        for name in sorted(set(model.operation_names) - set(LEFT_OUT.get(service, []))):
            shape = model.operation_model(name).input_shape
            # The SDK itself marks the required members of s3.
            members = required(shape) if shape and service != "s3" else []
            members = [path for path in members if not path.startswith(LATER_MEMBERS)]
            extra = ONE_OF.get(name, []) if service == "ec2" else []
            lines.append(" ".join([name, *members, *extra]))
        (folder / f"{service}.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
