/**
 * Source rules for EC2: instances and launch templates, security groups, network ACLs, volumes and
 * VPCs.
 */
@NullMarked
package dev.cloudmend.terraform.rules.ec2;

import org.jspecify.annotations.NullMarked;
