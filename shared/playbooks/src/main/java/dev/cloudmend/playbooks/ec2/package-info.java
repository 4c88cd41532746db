/** Playbooks for Amazon EC2 and VPC. */
@NullMarked
package dev.cloudmend.playbooks.ec2;

import org.jspecify.annotations.NullMarked;
